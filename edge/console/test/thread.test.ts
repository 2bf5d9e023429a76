import { expect, test } from "vitest";
import type { Delivery, Message, Note, Notice } from "../src/features/workbench/model";
import {
  answeredBy,
  before,
  byMessage,
  entries,
  heard,
  newDay,
  pageSize,
  type Told,
  withNotes,
} from "../src/features/workbench/thread";

const message = (seq: number, more: Partial<Message> = {}) =>
  ({ id: `m${seq}`, seq, by: "customer", text: "", at: "2026-01-01T10:00:00Z", ...more }) as Message;
const notice = (seq: number) => ({ seq, event: "handoff", at: "2026-01-01T10:00:00Z" }) as Notice;

test("pages become one thread, in order and without doubles", () => {
  const pages: Told[] = [
    { messages: [message(4), message(5)], notices: [notice(6)] },
    { messages: [message(1), message(4)], notices: [notice(2)] },
  ];
  expect(entries(pages).map((e) => e.seq)).toEqual([1, 2, 4, 5, 6]);
});

test("there is a page before a full one, and none before a short one", () => {
  const full = { messages: Array.from({ length: pageSize }, (_, i) => message(i + 7)), notices: [] };
  expect(before(full)).toBe(7);
  expect(before({ messages: [message(7)], notices: [notice(8)] })).toBeUndefined();
});

test("what is heard is added once", () => {
  const pages: Told[] = [{ messages: [message(1)], notices: [] }];
  const once = heard(pages, { messages: [message(2)] });
  expect(entries(once).map((e) => e.seq)).toEqual([1, 2]);
  expect(heard(once, { messages: [message(2)] })).toBe(once);
  expect(heard(once, { notices: [notice(3)] })[0]?.notices).toHaveLength(1);
  expect(heard([], { messages: [message(1)] })).toEqual([]);
});

test("notes stand where they were written; those from before what is known wait", () => {
  const at = (minute: number) => `2026-01-01T10:0${minute}:00Z`;
  const all = entries([{ messages: [message(1, { at: at(2) }), message(2, { at: at(4) })], notices: [] }]);
  const notes = [5, 3, 1].map((minute) => ({ id: `n${minute}`, at: at(minute) }) as Note);
  const lines = (whole: boolean) =>
    withNotes(all, notes, whole).map((line) => ("note" in line ? line.note.id : line.seq));
  expect(lines(true)).toEqual(["n1", 1, "n3", 2, "n5"]);
  expect(lines(false)).toEqual([1, "n3", 2, "n5"]);
  expect(withNotes([], notes, true)).toHaveLength(3);
  expect(withNotes(all, [], true)).toEqual(all);
});

test("of a message that went in parts the worst part counts", () => {
  const part = (message: string, state: string) => ({ message, state }) as Delivery;
  const all = byMessage([
    part("a", "arrived"),
    part("a", "failed"),
    part("a", "sent"),
    part("b", "sent"),
    part("b", "arrived"),
  ]);
  expect([...all.values()].map((d) => d.state)).toEqual(["failed", "sent"]);
});

test("a day begins where the date changes", () => {
  const [a, b] = entries([
    {
      messages: [message(1, { at: "2026-01-01T12:00:00" }), message(2, { at: "2026-01-02T00:10:00" })],
      notices: [],
    },
  ]);
  if (!a || !b) throw new Error("two entries expected");
  expect(newDay(a, undefined)).toBe(true);
  expect(newDay(b, a)).toBe(true);
  expect(newDay(b, b)).toBe(false);
});

test("a colleague's answer after a place is found; one's own, the AI's and older ones are not", () => {
  const all = entries([
    {
      messages: [
        message(1, { by: "human", agent: "you" }),
        message(2, { by: "ai" }),
        message(3, { by: "human", agent: "me" }),
        message(4, { by: "human", agent: "you" }),
      ],
      notices: [],
    },
  ]);
  expect(answeredBy(all, 1, "me")).toBe("you");
  expect(answeredBy(all, 4, "me")).toBeUndefined();
  expect(answeredBy(all, 0, "you")).toBe("me");
});
