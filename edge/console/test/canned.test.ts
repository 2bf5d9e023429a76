import { expect, test } from "vitest";
import { filled, matching, unfilled, wordsOf } from "../src/features/workbench/canned";
import type { Canned } from "../src/features/workbench/model";
import { spelled } from "../src/features/workbench/pinyin";

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

test("a title that has the words comes before a text that has them", () => {
  const both = [canned("问候", "催单请稍候", "zh"), ...all.slice(2), canned("Rush", "催单", "en")];
  expect(matching(both, "催单", "zh").map((c) => c.title)).toEqual(["催单", "问候", "Rush"]);
});

test("titles and groups are found as they sound", () => {
  const found = (words: string) => matching(all, words, "zh", spelled).map((c) => c.title);
  expect(found("cuidan")).toEqual(["催单"]);
  expect(found("cd")).toEqual(["催单"]);
  expect(found("kaichang wh")).toEqual(["问候"]);
  expect(found("dingdan")).toEqual([]); // stands in a text
  expect(found("zz")).toEqual([]);
});

test.each([
  ["退货运费", "tuihuoyunfei", "thyf"],
  ["七天无理由", "qitianwuliyou", "qtwly"],
  ["女装 App", "nvzhuangapp", "nzapp"],
  ["银行卡", "yinxingka", "yxk"],
  ["感谢您", "ganxienin", "gxn"],
  ["发票", "fapiao", "fp"],
  ["😀好", "😀hao", "😀h"],
  ["", "", ""],
])("%s sounds like %s", (text, whole, initials) => {
  expect(spelled(text)).toEqual([whole, initials]);
});

test("what is known goes into the placeholders, and what is not known is told", () => {
  const text = "{name}您好，我是{agent}，订单 {order}";
  const said = filled(text, { name: "林", facts: { order: "QH1" } }, "小禾");
  expect(said).toBe("林您好，我是小禾，订单 QH1");
  expect(unfilled(said)).toEqual([]);
  const unknown = filled(text, {}, "小禾");
  expect(unknown).toBe("您好，我是小禾，订单 {order}");
  expect(unfilled(unknown)).toEqual(["{order}"]);
  expect(unfilled("{a} {order} {order}")).toEqual(["{order}"]);
});
