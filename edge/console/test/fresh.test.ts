import { expect, test } from "vitest";
import { News } from "../src/features/workbench/fresh";
import type { Message, Row } from "../src/features/workbench/model";

const row = (id: string, version: number) => ({ id, version }) as Row;
const message = (seq: number) => ({ id: `m${seq}`, seq, at: "2026-01-01T10:00:00Z" }) as Message;

test("an answer that was on its way gets what was told meanwhile, once", () => {
  let now = 0;
  const news = new News(() => now);
  news.said("a", { messages: [message(1)] });
  now = 10;
  const asked = news.mark();
  now = 20;
  news.said("a", { messages: [message(2)] });
  news.said("b", { messages: [message(9)] });
  news.said("a", { messages: [message(3)] });
  const seqs = (known: Message[]) =>
    news.onto({ messages: known, notices: [] }, "a", asked).messages.map((m) => m.seq);
  expect(seqs([message(1)])).toEqual([1, 2, 3]);
  expect(seqs([message(1), message(2)])).toEqual([1, 2, 3]); // it knew one of them
});

test("of a row that was told several times the last one counts", () => {
  let now = 0;
  const news = new News(() => now);
  news.row(row("a", 1));
  now = 10;
  const asked = news.mark();
  news.row(row("a", 2));
  news.row(row("b", 1));
  news.row(row("a", 3));
  expect(news.rowsSince(asked)).toEqual([row("a", 3), row("b", 1)]);
});

test("what no call can have missed is forgotten", () => {
  let now = 0;
  const news = new News(() => now);
  for (; now < 10 * 60_000; now += 1000) news.row(row(String(now), 1));
  expect(news.rowsSince(0).length).toBeLessThan(100);
  expect(news.rowsSince(now - 2500).length).toBe(2);
});
