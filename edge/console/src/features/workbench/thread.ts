// What was said in a conversation, as it is read.
import dayjs from "dayjs";
import type { Delivery, Message, Note, Notice } from "./model";

/** A page of the thread as the API gives it: a run of places, the latest run first. */
export interface Told {
  messages: Message[];
  notices: Notice[];
}

export type Entry = { seq: number; at: string } & ({ message: Message } | { notice: Notice });

/** How many entries a page has. */
export const pageSize = 50;

/** Everything that is known of a thread, oldest first, nothing twice. */
export function entries(pages: Told[]): Entry[] {
  const all = new Map<number, Entry>();
  for (const page of pages) {
    for (const message of page.messages) {
      all.set(message.seq ?? 0, { seq: message.seq ?? 0, at: message.at, message });
    }
    for (const notice of page.notices) all.set(notice.seq, { seq: notice.seq, at: notice.at, notice });
  }
  return [...all.values()].sort((a, b) => a.seq - b.seq);
}

export type Line = Entry | { at: string; note: Note };

/** The thread with the notes of the staff where they were written. Those from before what is known of it wait until it is read. */
export function withNotes(all: Entry[], notes: Note[], whole: boolean): Line[] {
  const since = whole ? Number.NEGATIVE_INFINITY : Date.parse(all[0]?.at ?? "");
  const later = notes
    .filter((note) => Date.parse(note.at) >= since)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const lines: Line[] = [];
  for (const entry of all) {
    while (later[0] && Date.parse(later[0].at) < Date.parse(entry.at)) {
      const note = later.shift() as Note;
      lines.push({ at: note.at, note });
    }
    lines.push(entry);
  }
  return [...lines, ...later.map((note) => ({ at: note.at, note }))];
}

/** Where the page before a page ends; undefined when there is none. */
export function before(page: Told): number | undefined {
  const seqs = [...page.messages.map((m) => m.seq ?? 0), ...page.notices.map((n) => n.seq)];
  return seqs.length < pageSize ? undefined : Math.min(...seqs);
}

/** The pages with something new that was said. The same thing again changes nothing. */
export function heard(pages: Told[], told: Partial<Told>): Told[] {
  const [latest, ...older] = pages;
  if (!latest) return pages;
  const messages = (told.messages ?? []).filter((m) => !latest.messages.some((known) => known.id === m.id));
  const notices = (told.notices ?? []).filter((n) => !latest.notices.some((known) => known.seq === n.seq));
  if (messages.length + notices.length === 0) return pages;
  return [
    { messages: [...latest.messages, ...messages], notices: [...latest.notices, ...notices] },
    ...older,
  ];
}

/** The place of the latest entry. */
export function latestSeq(all: Entry[]): number {
  return all.at(-1)?.seq ?? 0;
}

/** Whether an entry begins another day than the one before it. */
export function newDay(entry: Line, former: Line | undefined): boolean {
  return !former || !dayjs(entry.at).isSame(former.at, "day");
}

const fates = ["failed", "uncertain", "pending", "sent", "arrived"]; // the worst first

/** What became of each message, by its ID; of one that went in parts, what became of the part that fares worst. */
export function byMessage(deliveries: Delivery[]): Map<string, Delivery> {
  const all = new Map<string, Delivery>();
  for (const d of deliveries) {
    const known = all.get(d.message);
    if (!known || fates.indexOf(d.state) < fates.indexOf(known.state)) all.set(d.message, d);
  }
  return all;
}

/** Who of the staff has answered after a place, whoever asks aside. */
export function answeredBy(all: Entry[], after: number, me: string): string | undefined {
  for (const entry of all) {
    if (entry.seq <= after || !("message" in entry)) continue;
    const { by, agent } = entry.message;
    if (by === "human" && agent && agent !== me) return agent;
  }
  return undefined;
}
