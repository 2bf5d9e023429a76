// What a file says otherwise than before, line by line.

export interface Line {
  sign: " " | "-" | "+";
  text: string;
  before?: number; // the number of the line in the text before
  after?: number; // and in the one after
}

/** Lines that belong together, with some around them that are the same. */
export type Hunk = Line[];

const around = 3; // lines that are the same, shown before and after those that differ
const most = 4_000_000; // pairs of lines that are compared; of more, all are said to differ

/** The places where two texts differ, in order. */
export function hunks(before: string, after: string): Hunk[] {
  const all = lines(before.split("\n"), after.split("\n"));
  const found: Hunk[] = [];
  for (let i = 0, end = 0; i < all.length; i++) {
    if (all[i]?.sign === " ") continue;
    const from = Math.max(end, i - around);
    let last = i; // that differs, with no gap before it that is worth leaving out
    for (let j = i; j < all.length && j <= last + 2 * around; j++) if (all[j]?.sign !== " ") last = j;
    end = Math.min(all.length, last + 1 + around);
    found.push(all.slice(from, end));
    i = end - 1;
  }
  return found;
}

/** Both texts as one, with as many lines as possible that are the same. */
function lines(a: string[], b: string[]): Line[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - start && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail++;
  const n = a.length - tail - start;
  const m = b.length - tail - start;
  const same = n * m > most ? () => 0 : longest(a.slice(start, start + n), b.slice(start, start + m));
  const out: Line[] = [];
  let i = 0;
  let j = 0;
  const keep = () => {
    out.push({ sign: " ", text: a[i] ?? "", before: ++i, after: ++j });
  };
  while (i < start) keep();
  while (i < start + n || j < start + m) {
    const [x, y] = [i - start, j - start];
    if (x < n && y < m && a[i] === b[j] && n * m <= most) keep();
    else if (x < n && (y >= m || same(x + 1, y) >= same(x, y + 1)))
      out.push({ sign: "-", text: a[i] ?? "", before: ++i });
    else out.push({ sign: "+", text: b[j] ?? "", after: ++j });
  }
  while (i < a.length) keep();
  return out;
}

/** How many lines two texts have in common, in order, from a line of each to their ends. */
function longest(a: string[], b: string[]): (i: number, j: number) => number {
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => table[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  return at;
}
