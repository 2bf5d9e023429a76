/** A piece of text; href is set when it is a link that may be followed. */
export interface Piece {
  text: string;
  href?: string;
}

// Han and full-width letters end an address: in Chinese text no space follows it.
const address = /https?:\/\/[^\s<>"'`\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+/gi;
const trailing = /[.,;:!?)\]}]+$/;

/** Splits a text into plain pieces and http(s) links. The pieces joined are the text. */
export function pieces(text: string): Piece[] {
  const out: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const found = balanced(match[0]);
    if (match.index > from) out.push({ text: text.slice(from, match.index) });
    out.push({ text: found, href: found });
    from = match.index + found.length;
  }
  if (from < text.length) out.push({ text: text.slice(from) });
  return out;
}

/** Leaves out the punctuation that ends the sentence and not the address. */
function balanced(found: string): string {
  const end = trailing.exec(found)?.[0] ?? "";
  if (end.startsWith(")") && found.includes("(")) return found.slice(0, found.length - end.length + 1);
  return found.slice(0, found.length - end.length);
}
