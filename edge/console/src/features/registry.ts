// Every feature of the console: one line each, in the order of the navigation.
import type { Feature } from "../shell/feature";
import { feature as workbench } from "./workbench";

export const features: Feature[] = [workbench];
