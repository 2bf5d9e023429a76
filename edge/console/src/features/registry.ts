// Every feature of the console: one line each, in the order of the navigation.
import type { Feature } from "../shell/feature";
import { feature as audit } from "./audit";
import { feature as channels } from "./channels";
import { feature as cockpit } from "./cockpit";
import { feature as compliance } from "./compliance";
import { feature as knowledge } from "./knowledge";
import { feature as marketing } from "./marketing";
import { feature as people } from "./people";
import { feature as settings } from "./settings";
import { feature as workbench } from "./workbench";

export const features: Feature[] = [
  workbench,
  marketing,
  cockpit,
  knowledge,
  compliance,
  audit,
  people,
  channels,
  settings,
];
