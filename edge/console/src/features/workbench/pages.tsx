// The workbench's addresses: the list, and the list with one conversation open.
import type { Loaded } from "../../shell/feature";
import en from "./en";
import { Workbench } from "./Workbench";
import zh from "./zh";

export const texts: Loaded["texts"] = { zh, en };

export const routes: Loaded["routes"] = [{ path: ":id?", element: <Workbench /> }];
