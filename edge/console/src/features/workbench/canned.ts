// Canned answers: which fit what was typed, and what becomes of their placeholders.
import type { Canned, Row } from "./model";

/** The words after a slash at the start of a text; undefined when it does not start with one. */
export function wordsOf(text: string): string | undefined {
  return text.startsWith("/") && !text.includes("\n") ? text.slice(1).trim().toLowerCase() : undefined;
}

/** The canned answers in which all the words stand, those in the customer's language first. */
export function matching(all: Canned[], words: string, lang: string): Canned[] {
  const wanted = words.split(/\s+/).filter(Boolean);
  const fits = (c: Canned) => {
    const text = `${c.title} ${c.group ?? ""} ${c.text}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  };
  return all.filter(fits).sort((a, b) => Number(b.lang === lang) - Number(a.lang === lang));
}

/** The answer with what is known of the customer in its placeholders. What is not known is left for the writer to see. */
export function filled(text: string, row: Pick<Row, "name" | "facts">): string {
  const known: Record<string, string | undefined> = { "{name}": row.name, "{order}": row.facts?.order };
  return text.replace(/\{name\}|\{order\}/g, (place) => known[place] || (place === "{name}" ? "" : place));
}
