// How a figure compares with the one before, and with what is wanted.
import { currentLang } from "../../shell/i18n";
import type { Metric } from "./queries";

/** Where a figure went and how far, in words: shares in percentage points, everything else in percent of what was. */
export interface Change {
  way: "up" | "down" | "same";
  better?: boolean; // left out where neither way is better, or nothing changed
  text: string;
}

type Figure = Pick<Metric, "value" | "unit" | "good" | "previous">;

/** The change since the period before; undefined where one of the two says nothing, or nothing was before. */
export function changeOf({ value, unit, good, previous }: Figure): Change | undefined {
  const now = value ?? null;
  const before = previous?.value ?? null;
  if (now === null || before === null) return undefined;
  const share = unit === "ratio";
  if (!share && before === 0) return now === 0 ? { way: "same", text: "0%" } : undefined;
  const by = share ? (now - before) * 100 : ((now - before) / Math.abs(before)) * 100;
  const size = Math.abs(by).toLocaleString("en-US", { maximumFractionDigits: Math.abs(by) < 100 ? 1 : 0 });
  const text = `${size}${share ? (currentLang() === "zh" ? " 个百分点" : " pp") : "%"}`;
  if (size === "0") return { way: "same", text };
  const way = by > 0 ? "up" : "down";
  return good ? { way, better: way === good, text } : { way, text };
}

/** Whether a figure is as good as is wanted; undefined without a target or a value. */
export function reached({
  value,
  good,
  target,
}: Pick<Metric, "value" | "good" | "target">): boolean | undefined {
  if (value === undefined || value === null || target === undefined || target === null) return undefined;
  return good === "up" ? value >= target : value <= target;
}
