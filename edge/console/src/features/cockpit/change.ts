// How a figure compares with the one of the period before.
import { currentLang } from "../../shell/i18n";

/** Where a figure went and how far, in words: shares in percentage points, everything else in percent of what was. */
export interface Change {
  way: "up" | "down" | "same";
  text: string;
}

/** The change between two figures; undefined where one of them says nothing, or nothing was before. */
export function changeOf(
  now: number | null,
  before: number | null | undefined,
  unit: string,
): Change | undefined {
  if (now === null || before === null || before === undefined) return undefined;
  const points = unit === "ratio";
  if (!points && before === 0) return now === 0 ? { way: "same", text: "0%" } : undefined;
  const by = points ? (now - before) * 100 : ((now - before) / Math.abs(before)) * 100;
  const size = Math.abs(by).toLocaleString("en-US", { maximumFractionDigits: Math.abs(by) < 100 ? 1 : 0 });
  const pp = currentLang() === "zh" ? " 个百分点" : " pp";
  const text = `${size}${points ? pp : "%"}`;
  if (size === "0") return { way: "same", text };
  return { way: by > 0 ? "up" : "down", text };
}
