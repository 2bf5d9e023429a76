// The addresses of this feature.
import type { Loaded } from "../../shell/feature";
import en from "./en";
import { MarketingPage } from "./MarketingPage";
import zh from "./zh";

export const texts: Loaded["texts"] = { zh, en };

export const routes: Loaded["routes"] = [{ index: true, element: <MarketingPage /> }];
