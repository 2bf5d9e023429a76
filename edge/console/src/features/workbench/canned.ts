// Canned answers: which fit what was typed, and what becomes of their placeholders.
import type { Canned, Row } from "./model";

/** The words after a slash at the start of a text; undefined when it does not start with one. */
export function wordsOf(text: string): string | undefined {
  return text.startsWith("/") && !text.includes("\n") ? text.slice(1).trim().toLowerCase() : undefined;
}

/** How a text is spelled; known once somebody looks for something. */
export type Spelled = (text: string) => [whole: string, initials: string];

/**
 * The canned answers in which all the words stand: those in the customer's language first, those whose title has the words before those
 * whose text has. Titles and groups are found by pinyin, too.
 */
export function matching(all: Canned[], words: string, lang: string, spelled?: Spelled): Canned[] {
  const wanted = words.split(/\s+/).filter(Boolean);
  const named = (c: Canned) => {
    const name = `${c.title} ${c.group ?? ""}`.toLowerCase();
    const sounds = spelled?.(name) ?? [];
    return (word: string) => name.includes(word) || sounds.some((sound) => sound.includes(word));
  };
  const found = all.flatMap((canned) => {
    const inName = named(canned);
    const text = canned.text.toLowerCase();
    if (!wanted.every((word) => inName(word) || text.includes(word))) return [];
    const rank = (canned.lang === lang ? 0 : 2) + (wanted.every(inName) ? 0 : 1);
    return [{ canned, rank }];
  });
  return found.sort((a, b) => a.rank - b.rank).map(({ canned }) => canned);
}

/** What may stand in a canned answer, to be filled in. */
const places = /\{(?:name|order|agent)\}/g;

/** The answer with what is known in its placeholders. What is not known is left for the writer to see, but for the customer's name. */
export function filled(text: string, row: Pick<Row, "name" | "facts">, agent: string): string {
  const known: Record<string, string | undefined> = {
    "{name}": row.name ?? "",
    "{order}": row.facts?.order,
    "{agent}": agent,
  };
  return text.replace(places, (place) => known[place] ?? place);
}

/** The placeholders that are still to be filled in. */
export function unfilled(text: string): string[] {
  return [...new Set(text.match(places))];
}
