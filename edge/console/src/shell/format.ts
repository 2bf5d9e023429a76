// Numbers and times as people read them. Times are shown in the browser's zone.
import dayjs from "dayjs";
import { currentLang } from "./i18n";

/** Money, from fen: ¥1,234.50. */
export function money(fen: number): string {
  const sign = fen < 0 ? "-" : "";
  const yuan = (Math.abs(fen) / 100).toLocaleString("en-US", {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  return `${sign}¥${yuan}`;
}

/** A share, 0 to 1, as a percentage. */
export function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)}%`;
}

/** A whole number with its thousands. */
export function count(n: number): string {
  return n.toLocaleString("en-US");
}

/** The time of day, with the date when it is not today: 14:05, 11-23 14:05, 2025-11-23 14:05. */
export function clock(at: string | number | Date, now: dayjs.ConfigType = Date.now()): string {
  const t = dayjs(at);
  if (t.isSame(now, "day")) return t.format("HH:mm");
  return t.format(t.isSame(now, "year") ? "MM-DD HH:mm" : "YYYY-MM-DD HH:mm");
}

/** A date and time in full. */
export function moment(at: string | number | Date): string {
  return dayjs(at).format("YYYY-MM-DD HH:mm:ss");
}

/** How long ago something was, in words. */
export function ago(at: string | number | Date): string {
  return dayjs(at).fromNow();
}

/** A duration for somebody who waits: 45 s, 3:07, 1:02:09. */
export function elapsed(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, "0");
  if (s < 60) return currentLang() === "zh" ? `${s} 秒` : `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)}:${two(s % 60)}`;
  if (s < 86_400) return `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  const days = Math.floor(s / 86_400);
  return currentLang() === "zh" ? `${days} 天` : `${days} d`;
}
