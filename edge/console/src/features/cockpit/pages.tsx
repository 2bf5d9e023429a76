// The addresses of this feature.
import type { Loaded } from "../../shell/feature";
import { AlarmList } from "./AlarmList";
import { Cockpit } from "./Cockpit";
import { Detail } from "./Detail";
import en from "./en";
import { Wall } from "./Wall";
import zh from "./zh";

export const texts: Loaded["texts"] = { zh, en };

export const routes: Loaded["routes"] = [
  { index: true, element: <Cockpit /> },
  { path: "wall", element: <Wall /> },
  { path: "alarms", element: <AlarmList /> },
  { path: "metrics/:key", element: <Detail /> },
];
