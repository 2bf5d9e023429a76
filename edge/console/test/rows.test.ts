import { expect, test } from "vitest";
import type { Row } from "../src/features/workbench/model";
import { asked, belongs, narrowed, neighbour, placed, type View } from "../src/features/workbench/rows";

const open: View = { tab: "open", channel: "", unhappy: false, agent: "", words: "" };

function row(id: string, urgency: number, more: Partial<Row> = {}): Row {
  const known = {
    id,
    cursor: `${urgency}_${id}`,
    version: 1,
    stage: "human",
    agent: "me",
    channel: "web",
    emotion: 0,
    unread: 0,
    updated: "2026-01-01T00:00:00Z",
  };
  return { ...known, ...more } as Row;
}

const ids = (rows: Row[]) => rows.map((r) => r.id).join(" ");

test("a view asks for its stages, most urgent first, and for what is filtered", () => {
  expect(asked(open)).toEqual({ stage: "ai,queued,human", sort: "urgency", limit: "1000" });
  expect(asked({ tab: "mine", channel: "douyin", unhappy: true, agent: "you", words: "退款" })).toEqual({
    stage: "human",
    sort: "urgency",
    limit: "1000",
    mine: "true",
    channel: "douyin",
    emotion: "negative",
    q: "退款",
  });
  expect(asked({ ...open, agent: "you" })).toMatchObject({ agent: "you" });
  expect(asked({ ...open, tab: "closed" })).toMatchObject({ stage: "closed", sort: "updated" });
});

test("a conversation belongs where its stage, its holder and the filters say", () => {
  const mine: View = { ...open, tab: "mine" };
  expect(belongs(row("a", 1), mine, "me")).toBe(true);
  expect(belongs(row("a", 1, { agent: "you" }), mine, "me")).toBe(false);
  expect(belongs(row("a", 1, { stage: "queued" }), mine, "me")).toBe(false);
  expect(belongs(row("a", 1, { stage: "queued" }), { ...open, tab: "queue" }, "me")).toBe(true);
  expect(belongs(row("a", 1), { ...open, channel: "douyin" }, "me")).toBe(false);
  expect(belongs(row("a", 1, { agent: "you" }), { ...open, agent: "you" }, "me")).toBe(true);
  expect(belongs(row("a", 1), { ...open, agent: "you" }, "me")).toBe(false);
  expect(belongs(row("a", 1), { ...mine, agent: "you" }, "me")).toBe(true); // one's own are one's own
  expect(belongs(row("a", 1, { emotion: -0.4 }), { ...open, unhappy: true }, "me")).toBe(true);
  expect(belongs(row("a", 1, { emotion: -0.3 }), { ...open, unhappy: true }, "me")).toBe(false);
});

test("a view is narrowed by what it can be narrowed by", () => {
  expect(narrowed(open)).toBe(false);
  expect(narrowed({ ...open, agent: "you" })).toBe(true);
  expect(narrowed({ ...open, tab: "queue", agent: "you" })).toBe(false); // whoever waits has nobody
  expect(narrowed({ ...open, unhappy: true })).toBe(true);
});

test("what changed moves to its place, comes, and goes", () => {
  const rows = [row("a", 10), row("b", 20), row("c", 30)];
  expect(ids(placed(rows, [row("c", 5, { version: 2 })], open, "me"))).toBe("c a b");
  expect(ids(placed(rows, [row("d", 15)], open, "me"))).toBe("a d b c");
  expect(ids(placed(rows, [row("b", 20, { stage: "closed", version: 2 })], open, "me"))).toBe("a c");
  expect(ids(placed(rows, [row("d", 20), row("e", 5)], open, "me"))).toBe("e a b d c");
  expect(ids(rows)).toBe("a b c");
});

test("news that are older than what is known change nothing", () => {
  const rows = [row("a", 10, { version: 3, last: "new" })];
  const after = placed(rows, [row("a", 99, { version: 2, last: "old" })], open, "me");
  expect(after).toHaveLength(1);
  expect(after[0]?.last).toBe("new");
});

test("a search does not grow by itself, but what it found stays up to date", () => {
  const searching: View = { ...open, words: "退款" };
  const rows = [row("a", 10)];
  expect(ids(placed(rows, [row("b", 5)], searching, "me"))).toBe("a");
  expect(placed(rows, [row("a", 10, { version: 2, unread: 4 })], searching, "me")[0]?.unread).toBe(4);
});

test("closed conversations stand by their time, the latest first", () => {
  const closed: View = { ...open, tab: "closed" };
  const at = (id: string, day: string) =>
    row(id, 0, { stage: "closed", updated: `2026-01-${day}T00:00:00Z` });
  expect(ids(placed([at("a", "05"), at("b", "03")], [at("c", "04")], closed, "me"))).toBe("a c b");
});

test("j and k go through the list and stop at its ends", () => {
  const rows = [row("a", 1), row("b", 2)];
  expect(neighbour(rows, undefined, 1)?.id).toBe("a");
  expect(neighbour(rows, "a", 1)?.id).toBe("b");
  expect(neighbour(rows, "b", 1)?.id).toBe("b");
  expect(neighbour(rows, "a", -1)?.id).toBe("a");
  expect(neighbour([], "a", 1)).toBeUndefined();
});
