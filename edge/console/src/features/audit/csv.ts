// The trail as a table for a spreadsheet.
import { moment } from "../../shell/format";
import type { Entry } from "./AuditPage";

/** A cell that a spreadsheet shows as it is: quoted, and never taken for a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Writes entries as CSV, a line for each, with the names of the columns first. */
export function csvOf(entries: Entry[]): string {
  const head = ["seq", "at", "actor", "role", "action", "object", "reason", "details", "revision"];
  const rows = entries.map((e) => [
    String(e.seq),
    moment(e.at),
    e.actor,
    e.role ?? "",
    e.action,
    e.object ?? "",
    e.reason ?? "",
    e.details ? JSON.stringify(e.details) : "",
    e.revision ?? "",
  ]);
  return [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
}
