// What a feature is to the shell.
import type { ReactNode } from "react";
import type { RouteObject } from "react-router";
import type { Me } from "../api/types";
import type { Lang, Texts } from "./i18n";

/** A part of the product, as the API names it. What somebody may use is in `Me.parts`. */
export type Part =
  | "conversations"
  | "knowledge"
  | "outreach"
  | "cockpit"
  | "policies"
  | "audit"
  | "people"
  | "channels"
  | "settings";

/** Where a feature stands in the navigation. */
export type Group = "service" | "growth" | "insight" | "rules" | "admin";

/** A feature, as its index.tsx exports it. It weighs nothing: pages and texts come when it is opened. */
export interface Feature {
  name: string; // of its folder, and the namespace of its texts
  path: string; // "/inbox": everything under it is the feature's
  group: Group;
  icon: ReactNode;
  title: Record<Lang, string>;
  part: Part; // what one must be able to use
  action?: "read" | "write"; // "read" when it is left out
  roles?: string[]; // in whose navigation it stands; left out: everybody's who may use it
  load: () => Promise<Loaded>;
}

/** A feature that was loaded: its pages, relative to its path, and its texts. */
export interface Loaded {
  routes: RouteObject[];
  texts: Record<Lang, Texts>;
}

/** Whether somebody may use a part of the product. The API decides; this only keeps closed doors out of sight. */
export function may(me: Me, part: Part, action: "read" | "write" = "read"): boolean {
  const open = me.parts[part];
  return action === "read" ? open !== undefined : open === "write";
}

/** Whether a feature is open to somebody. */
export function opens(me: Me, feature: Feature): boolean {
  return may(me, feature.part, feature.action) && (feature.roles?.includes(me.role) ?? true);
}
