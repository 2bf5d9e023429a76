// Hours as people write them, and what a version of an article changed.
import { expect, test } from "vitest";
import { textOf as articleText, changes } from "../src/features/knowledge/text";
import { asSpans, asText, hoursOf, runs, textOf } from "../src/features/people/hours";

test("hours are read as people write them", () => {
  const spans = [
    { from: "09:00", to: "12:00" },
    { from: "13:30", to: "18:00" },
  ];
  expect(asSpans(" 9:00-12:00，13：30～18:00 ")).toEqual(spans);
  expect(asSpans(asText(spans))).toEqual(spans);
  expect(asSpans("")).toEqual([]);
  expect(asSpans("all day")).toEqual([
    { from: "all", to: "" },
    { from: "day", to: "" },
  ]); // the API names it
});

test("a week without hours is left out", () => {
  expect(hoursOf({ week: ["", "", "", "", "", "", " "], days: [] }).week).toEqual([]);
  expect(hoursOf({ week: ["9:00-18:00", "", "", "", "", "", ""], days: [] }).week).toHaveLength(7);
});

test("hours that are opened and saved are the same", () => {
  const day = [{ from: "09:00", to: "18:00" }];
  for (const hours of [
    { week: [day, day, [], [], [], day, []], days: [{ date: "2026-10-01", name: "国庆节", spans: [] }] },
    { week: [], days: [{ date: "2026-10-10", name: "调休", spans: day }] },
  ])
    expect(hoursOf(textOf(hours))).toEqual(hours);
});

test("weekdays with the same hours stand together", () => {
  expect(runs(["9", "9", "", "9", "9", "", ""])).toEqual([
    { from: 0, to: 1, spans: "9" },
    { from: 2, to: 2, spans: "" },
    { from: 3, to: 4, spans: "9" },
    { from: 5, to: 6, spans: "" },
  ]);
});

test("every phrasing stands in what is compared", () => {
  const parts = [
    { heading: "怎么退？", text: "点退货。", phrasings: ["怎么退？", "退货流程"] },
    { heading: "", text: "一行\n两行", phrasings: [] },
  ];
  expect(articleText(parts, "问：")).toBe(
    "## 怎么退？\n问： 怎么退？\n问： 退货流程\n点退货。\n\n一行\n两行",
  );
});

test("a difference rebuilds both texts", () => {
  for (const [before, after] of [
    ["a\nb\nc", "a\nx\nc\nd"],
    ["", "a"],
    ["same", "same"],
    ["a\na\nb", "b\na"],
  ] as const) {
    const lines = changes(before, after);
    const text = (drop: string) =>
      lines
        .filter((c) => c.kind !== drop)
        .map((c) => c.line)
        .join("\n");
    expect([text("added"), text("removed")].map((t) => t.trim())).toEqual(
      [before, after].map((t) => t.trim()),
    );
  }
});
