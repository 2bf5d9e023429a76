import type { Pending, State } from "./state";
import type { Author, Message } from "./wire";

const together = 5 * 60_000; // ms; closer messages of one author form a group

/** A Row is one line of the log as it is drawn. Key names it for ever; rows with equal look need no redrawing. */
export type Row =
  | { kind: "day"; key: string; at: Date }
  | { kind: "message"; key: string; message: Message; first: boolean; last: boolean; options: string[] }
  | { kind: "pending"; key: string; item: Pending; first: boolean; last: boolean };

interface Said {
  by: Author;
  agent: string;
  at: number;
}

/** Lays the state out: days apart, groups of one author, options under the newest message only. */
export function rows(state: State): Row[] {
  const out: Row[] = [];
  const waiting = state.pending.filter((item) => !item.claimed);
  const said: Said[] = [
    ...state.messages.map((m) => ({ by: m.by, agent: m.agent ?? "", at: Date.parse(m.at) })),
    ...waiting.map((item) => ({ by: "customer" as const, agent: "", at: Date.parse(item.at) })),
  ];
  said.forEach((now, i) => {
    const before = said[i - 1];
    const newDay = !before || !sameDay(before.at, now.at);
    const first = newDay || !grouped(before, now);
    const next = said[i + 1];
    const last = !next || !sameDay(now.at, next.at) || !grouped(now, next);
    const message = state.messages[i];
    const item = waiting[i - state.messages.length];
    const key = message ? (message.key ?? message.id) : (item?.key ?? "");
    if (newDay) out.push({ kind: "day", key: `day-${key}`, at: new Date(now.at) });
    if (message) {
      const options = !next && message.by !== "customer" && !state.typing ? (message.options ?? []) : [];
      out.push({ kind: "message", key, message, first, last, options });
      return;
    }
    if (item) out.push({ kind: "pending", key, item, first, last });
  });
  return out;
}

function grouped(a: Said, b: Said): boolean {
  return a.by === b.by && a.agent === b.agent && a.by !== "system" && b.at - a.at < together;
}

function dayOf(at: number): string {
  return new Date(at).toDateString();
}

function sameDay(a: number, b: number): boolean {
  return dayOf(a) === dayOf(b);
}
