// Figures as people read them.
import { count } from "../../shell/format";
import { currentLang } from "../../shell/i18n";

const none = "–";

const rounded = (n: number, digits: number) => n.toLocaleString("en-US", { maximumFractionDigits: digits });

/** A time in its two largest units: 350 ms, 45 s, 3 min 7 s, 2 h 5 min. */
export function duration(seconds: number): string {
  const zh = currentLang() === "zh";
  const [h, min, s] = zh ? ["小时", "分", "秒"] : ["h", "min", "s"];
  if (seconds > 0 && seconds < 1) return `${Math.max(1, Math.round(seconds * 1000))} ms`;
  if (seconds < 10) return `${rounded(seconds, 1)} ${s}`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} ${s}`;
  const two = (most: number, big: string, rest: number, small: string) =>
    rest ? `${most} ${big} ${rest} ${small}` : `${most} ${big}`;
  if (whole < 3600) return two(Math.floor(whole / 60), min ?? "", whole % 60, s ?? "");
  const minutes = Math.round(whole / 60);
  return two(Math.floor(minutes / 60), h ?? "", minutes % 60, min ?? "");
}

/** A value in its unit. */
export function shown(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined) return none;
  switch (unit) {
    case "ratio":
      return `${rounded(value * 100, 1)}%`;
    case "seconds":
      return duration(value);
    case "milliseconds":
      return value < 1000 ? `${Math.round(value)} ms` : `${rounded(value / 1000, 2)} s`;
    case "CNY":
      return `¥${value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: value < 1 ? 4 : 2 })}`;
    default:
      return Number.isInteger(value) ? count(value) : rounded(value, 2);
  }
}
