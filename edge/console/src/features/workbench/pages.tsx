import type { Loaded } from "../../shell/feature";
import { Nothing } from "../../shell/states";
import en from "./en";
import zh from "./zh";

export const texts: Loaded["texts"] = { zh, en };
export const routes: Loaded["routes"] = [{ index: true, element: <Nothing text="" /> }];
