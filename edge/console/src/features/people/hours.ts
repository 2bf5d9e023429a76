// Hours as people write them: "09:00-12:00 13:30-18:00".
import type { Hours } from "./queries";

export interface DayText {
  date: string;
  name: string;
  spans: string;
}

type Span = { from: string; to: string };

/** Hours as they are written: a line for every weekday, and the days that are different. */
export interface HoursText {
  week: string[]; // seven, Monday first
  days: DayText[];
}

/** Writes spans in a line. */
export function asText(spans: Span[] | null): string {
  return (spans ?? []).map((s) => `${s.from}-${s.to}`).join(" ");
}

/** Reads a line of spans. What is no span is kept as it is, for the API to name. */
export function asSpans(text: string): Span[] {
  return text
    .trim()
    .split(/[\s,，、;；]+/)
    .filter(Boolean)
    .map((span) => {
      const [from = "", to = ""] = span.replaceAll("：", ":").split(/[-–—~～至]/);
      return { from: padded(from), to: padded(to) };
    });
}

const padded = (time: string) => (/^\d:\d\d$/.test(time) ? `0${time}` : time);

/** Writes hours, to be changed. A week that is left out has seven empty lines. */
export function textOf(hours: Hours | undefined): HoursText {
  const week = hours?.week ?? [];
  return {
    week: Array.from({ length: 7 }, (_, i) => asText(week[i] ?? null)),
    days: (hours?.days ?? []).map((d) => ({ date: d.date, name: d.name ?? "", spans: asText(d.spans) })),
  };
}

/** Makes hours of what was written. A week without any is left out. */
export function hoursOf({ week, days }: HoursText): Hours {
  return {
    week: week.some((w) => w.trim()) ? week.map(asSpans) : [],
    days: days.map((d) => ({ date: d.date, name: d.name, spans: asSpans(d.spans) })),
  };
}

/** Puts weekdays together that follow one another and have the same hours. */
export function runs(week: string[]): { from: number; to: number; spans: string }[] {
  const all: { from: number; to: number; spans: string }[] = [];
  week.forEach((spans, i) => {
    const last = all.at(-1);
    if (last?.spans === spans) last.to = i;
    else all.push({ from: i, to: i, spans });
  });
  return all;
}
