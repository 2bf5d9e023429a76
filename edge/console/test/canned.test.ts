import { expect, test } from "vitest";
import { filled, matching, wordsOf } from "../src/features/workbench/canned";
import type { Canned } from "../src/features/workbench/model";

const canned = (title: string, text: string, lang: string, group = "") =>
  ({ id: title, title, text, lang, group }) as Canned;
const all = [
  canned("Hello", "Hello {name}", "en"),
  canned("问候", "{name}您好", "zh", "开场"),
  canned("催单", "订单 {order}", "zh"),
];

test("a slash at the start asks for canned answers", () => {
  expect(wordsOf("/")).toBe("");
  expect(wordsOf("/问候 ")).toBe("问候");
  expect(wordsOf("a/b")).toBeUndefined();
  expect(wordsOf("/a\nb")).toBeUndefined();
});

test("all words must stand in it; the customer's language comes first", () => {
  expect(matching(all, "", "zh").map((c) => c.title)).toEqual(["问候", "催单", "Hello"]);
  expect(matching(all, "", "en")[0]?.title).toBe("Hello");
  expect(matching(all, "开场 您好", "zh").map((c) => c.title)).toEqual(["问候"]);
  expect(matching(all, "hello", "zh").map((c) => c.title)).toEqual(["Hello"]);
  expect(matching(all, "没有", "zh")).toEqual([]);
});

test("what is known goes into the placeholders", () => {
  expect(filled("{name}您好，订单 {order}", { name: "林", facts: { order: "QH1" } })).toBe(
    "林您好，订单 QH1",
  );
  expect(filled("{name}您好，订单 {order}", {})).toBe("您好，订单 {order}");
});
