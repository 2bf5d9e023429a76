// Hours as people write them, and what a version of an article changed.
import { expect, test } from "vitest";
import { changes } from "../src/features/knowledge/text";
import { asSpans, asText, hoursOf } from "../src/features/people/hours";

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

test("a week without hours is always open", () => {
  expect(hoursOf(["", "", "", "", "", "", " "], []).week).toEqual([]);
  expect(hoursOf(["9:00-18:00", "", "", "", "", "", ""], []).week).toHaveLength(7);
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
