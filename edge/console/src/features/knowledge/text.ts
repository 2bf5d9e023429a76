// An article as text: to edit it, and to see what a version changed.
import type { Article } from "./queries";

/** Writes an article's passages as Markdown. */
export function markdownOf(article: Article): string {
  let under = "";
  const parts: string[] = [];
  for (const p of article.passages ?? []) {
    const heading = (p.heading ?? "").split(" › ").at(-1) ?? "";
    if (heading && heading !== under && heading !== article.title) parts.push(`## ${heading}`);
    under = heading;
    parts.push(p.text);
  }
  return parts.join("\n\n");
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
