// Figures as a table for a spreadsheet.
import { moment } from "../../shell/format";
import type { Line } from "./chart";

const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Lines side by side: a row for each time at which any of them has a value. */
export function table(time: string, lines: Line[]): string {
  const times = [...new Set(lines.flatMap((l) => l.points.map(([at]) => at)))].sort((a, b) => a - b);
  const values = lines.map((l) => new Map(l.points));
  const rows = times.map((at) => [moment(at), ...values.map((v) => String(v.get(at) ?? ""))]);
  return [[time, ...lines.map((l) => l.name)], ...rows].map((row) => row.map(quoted).join(",")).join("\r\n");
}
