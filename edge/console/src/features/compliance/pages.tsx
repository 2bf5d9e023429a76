// The addresses of this feature.
import type { Loaded } from "../../shell/feature";
import { CompliancePage } from "./CompliancePage";
import en from "./en";
import zh from "./zh";

export const texts: Loaded["texts"] = { zh, en };

export const routes: Loaded["routes"] = [{ index: true, element: <CompliancePage /> }];
