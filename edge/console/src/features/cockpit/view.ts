// What part of the figures is looked at: a range of time and filters, as they stand in the address.
import dayjs from "dayjs";

/** The ranges that end now, in seconds. */
export const spans = { "1h": 3600, "24h": 86_400, "7d": 7 * 86_400, "28d": 28 * 86_400 };

export type Span = keyof typeof spans;

export interface View {
  range: Span | "custom";
  from: number; // ms since 1970, of a custom range
  to: number;
  channel: string; // empty: all of them
  team: string;
  agent: string;
}

/** The range where an address names none: a week tells more than a morning. */
const usual: Span = "7d";

const isSpan = (s: string | null): s is Span => s !== null && s in spans;

/** Reads an address. What makes no sense there is left out. */
export function readView(params: URLSearchParams): View {
  const filters = {
    channel: params.get("channel") ?? "",
    team: params.get("team") ?? "",
    agent: params.get("agent") ?? "",
  };
  const [from, to] = [day(params.get("from")), day(params.get("to"))];
  if (from !== undefined && to !== undefined && from <= to)
    return { range: "custom", from, to: dayjs(to).add(1, "day").valueOf(), ...filters };
  const range = params.get("range");
  return { range: isSpan(range) ? range : usual, from: 0, to: 0, ...filters };
}

function day(text: string | null): number | undefined {
  const read = dayjs(text ?? "");
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) && read.isValid() ? read.valueOf() : undefined;
}

/** An address's parameters with other ones in place of those named; an empty one goes. */
export function changed(params: URLSearchParams, change: Record<string, string>): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(change)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next;
}

const minute = 60;
const hour = 60 * minute;
const steps = [minute, 5 * minute, 15 * minute, hour, 2 * hour, 4 * hour, 24 * hour, 7 * 24 * hour];
const mostSteps = 100;

/**
 * What to ask the API for, at a moment. Ranges are whole minutes; one that ends now includes the present minute. The range
 * can be moved back by its own length, once or more often.
 */
export function asked(view: View, now: number, back = 0) {
  const end = (Math.floor(now / 60_000) + 1) * 60_000;
  const [from, to] = view.range === "custom" ? [view.from, view.to] : [end - spans[view.range] * 1000, end];
  const long = to - from;
  const step = steps.find((s) => long / 1000 / s <= mostSteps) ?? 28 * 24 * hour;
  return {
    from: String(from - back * long),
    to: String(to - back * long),
    step: String(step),
    ...(view.channel && { channel: view.channel }),
    ...(view.team && { team: view.team }),
    ...(view.agent && { agent: view.agent }),
  };
}
