import { expect, test } from "vitest";
import { Attention } from "../src/live/attention";
import type { Frames } from "../src/live/frames";

type Row = Frames["conversation"]["conversation"];
const row = (more: Partial<Row>) =>
  ({ id: "c", stage: "human", agent: "me", last_by: "customer", unread: 0, seq: 1, ...more }) as Row;
const accepted = { conversation: "c", notice: { queue: { state: "accepted" } } } as Frames["notice"];
const moved = { conversation: "c", notice: { queue: { state: "moved" } } } as Frames["notice"];

test("somebody is called for a customer who is theirs now, once", () => {
  const attention = new Attention("me");
  attention.notice(accepted);
  expect(attention.row(row({}))?.why).toBe("yours");
  expect(attention.row(row({}))).toBeUndefined();
  attention.notice(moved);
  expect(attention.row(row({}))).toBeUndefined();
});

test("somebody is called for what a customer of theirs says, once for each message", () => {
  const attention = new Attention("me", new Set(["c"]));
  expect(attention.row(row({ unread: 1, seq: 5 }))?.why).toBe("said");
  expect(attention.row(row({ unread: 1, seq: 5 }))).toBeUndefined(); // the row changed in something else
  expect(attention.row(row({ unread: 2, seq: 6 }))?.why).toBe("said");
  expect(attention.row(row({ unread: 0, seq: 7 }))).toBeUndefined(); // it was read
  expect(attention.row(row({ unread: 3, seq: 8, last_by: "ai" }))).toBeUndefined();
  expect(attention.row(row({ unread: 3, seq: 9, agent: "you" }))).toBeUndefined();
});

test("whoever had a conversation hears that a colleague took it; whoever had it not does not", () => {
  const attention = new Attention("me", new Set(["c"]));
  attention.notice(accepted);
  expect(attention.row(row({ agent: "you" }))?.why).toBe("taken");
  attention.notice(accepted);
  expect(attention.row(row({ agent: "they" }))).toBeUndefined();
});

test("somebody is called when more wait than before", () => {
  const attention = new Attention("me");
  expect(attention.queue({ waiting: 3 })).toBeUndefined(); // who waited already
  expect(attention.queue({ waiting: 4 })).toEqual({ why: "queue", waiting: 4 });
  expect(attention.queue({ waiting: 2 })).toBeUndefined();
  expect(attention.queue({ waiting: 3 })?.why).toBe("queue");
});
