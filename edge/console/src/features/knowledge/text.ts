// An article as text, to see what a version changed.
import type { Part } from "./queries";

/** Writes an article line by line: headings, phrasings, text. Nothing of it is left out. */
export function textOf(parts: Part[], phrasings: string): string {
  return parts
    .map((p) =>
      [p.heading && `## ${p.heading}`, ...p.phrasings.map((q) => `${phrasings} ${q}`), p.text]
        .filter(Boolean)
        .join("\n"),
    )
    .join("\n\n");
}

export interface Change {
  kind: "same" | "added" | "removed";
  line: string;
}

/** What has to be done to the lines of one text to make the other, by their longest common subsequence. */
export function changes(before: string, after: string): Change[] {
  const a = before.split("\n");
  const b = after.split("\n");
  const common = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    const row = common[i];
    if (!row) continue;
    for (let j = b.length - 1; j >= 0; j--)
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const out: Change[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push({ kind: "same", line: a[i] ?? "" });
      i++;
      j++;
    } else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1))) {
      out.push({ kind: "removed", line: a[i++] ?? "" });
    } else {
      out.push({ kind: "added", line: b[j++] ?? "" });
    }
  }
  return out;
}
