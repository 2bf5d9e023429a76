// The list: what a view asks for, and where a conversation that changed belongs in it.
import type { Row } from "./model";

export const tabs = ["mine", "queue", "open", "closed"] as const;
export type Tab = (typeof tabs)[number];

/** What the list shows. */
export interface View {
  tab: Tab;
  channel: string; // empty: every channel
  unhappy: boolean; // only those whose customers are
  agent: string; // who has them; empty: anybody
  words: string; // searched for
}

/** The most rows that a view asks for: as many as there may be open conversations, and the latest of the closed. */
export const mostRows = { open: 1000, closed: 200 };

const stages: Record<Tab, string> = {
  mine: "human",
  queue: "queued",
  open: "ai,queued,human",
  closed: "closed",
};

/** The parameters with which a view asks the API. */
export function asked(view: View) {
  const closed = view.tab === "closed";
  return {
    stage: stages[view.tab],
    sort: closed ? "updated" : "urgency",
    limit: String(closed ? mostRows.closed : mostRows.open),
    ...(view.tab === "mine" && { mine: "true" }),
    ...(agentOf(view) && { agent: agentOf(view) }),
    ...(view.channel && { channel: view.channel }),
    ...(view.unhappy && { emotion: "negative" }),
    ...(view.words && { q: view.words }),
  };
}

/** Whose conversations a view is narrowed to. Nobody has those that wait, and one's own are one's own. */
function agentOf(view: View): string {
  return view.tab === "open" || view.tab === "closed" ? view.agent : "";
}

/** Whether anything beside the tab narrows a view. */
export function narrowed(view: View): boolean {
  return view.words !== "" || view.channel !== "" || view.unhappy || agentOf(view) !== "";
}

/** Whether a conversation belongs into a view of somebody's, its search aside. */
export function belongs(row: Row, view: View, me: string): boolean {
  return (
    stages[view.tab].split(",").includes(row.stage) &&
    (view.tab !== "mine" || row.agent === me) &&
    (!agentOf(view) || row.agent === agentOf(view)) &&
    (!view.channel || row.channel === view.channel) &&
    (!view.unhappy || row.emotion <= -0.4)
  );
}

/** A conversation's place in a view: smaller comes first. The API names the urgency in the cursor. */
function rank(row: Row, tab: Tab): number {
  return tab === "closed" ? -Date.parse(row.updated) : Number(row.cursor.split("_")[0]);
}

/** The rows of a view after some conversations changed. A search finds nothing new by itself: only the API can tell. */
export function placed(rows: Row[], changed: Row[], view: View, me: string): Row[] {
  const latest = new Map(changed.map((row) => [row.id, row]));
  const known = new Set(rows.map((row) => row.id));
  const kept = rows.filter((row) => {
    const now = latest.get(row.id);
    return !now || now.version < row.version;
  });
  const stale = new Set(kept.map((row) => row.id));
  for (const row of latest.values()) {
    if (stale.has(row.id) || !belongs(row, view, me)) continue;
    if (view.words && !known.has(row.id)) continue;
    kept.splice(spot(kept, row, view.tab), 0, row);
  }
  return kept;
}

function spot(rows: Row[], row: Row, tab: Tab): number {
  const mine = rank(row, tab);
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = rows[middle] as Row;
    const theirs = rank(other, tab);
    if (theirs < mine || (theirs === mine && other.id < row.id)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The conversation before or after the open one; the first one when none of the list is open. */
export function neighbour(rows: Row[], id: string | undefined, step: 1 | -1): Row | undefined {
  const at = rows.findIndex((row) => row.id === id);
  if (at < 0) return rows[0];
  return rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
}
