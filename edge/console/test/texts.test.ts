// Every text is there in both languages.
import { expect, test } from "vitest";
import { nextPath } from "../src/features/login/next";
import type { Texts } from "../src/shell/i18n";

type Module = { default: Texts };
const zh = import.meta.glob<Module>(["../src/features/*/zh.ts", "../src/shell/texts/zh.ts"], { eager: true });
const en = import.meta.glob<Module>(["../src/features/*/en.ts", "../src/shell/texts/en.ts"], { eager: true });

// English counts in two forms, Chinese in one.
const base = (key: string) => key.replace(/_(one|other)$/, "");

function keys(texts: Texts, path = ""): string[] {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === "string" ? [path + base(key)] : keys(text, `${path}${key}.`),
  );
}

const places = (texts: Texts): string[] =>
  Object.values(texts).flatMap((text) =>
    typeof text === "string" ? (text.match(/\{\{\w+\}\}/g) ?? []) : places(text),
  );

for (const [file, { default: chinese }] of Object.entries(zh)) {
  test(`${file.replace("../src/", "")} and its English say the same things`, () => {
    const english = en[file.replace("zh.ts", "en.ts")]?.default;
    if (!english) throw new Error(`${file} has no English`);
    expect([...new Set(keys(english))].sort()).toEqual([...new Set(keys(chinese))].sort());
    expect([...new Set(places(english))].sort()).toEqual([...new Set(places(chinese))].sort());
  });
}

test("there are texts to compare", () => {
  expect(Object.keys(zh).length).toBeGreaterThan(2);
});

test("after the login one goes where one came from, and nowhere else", () => {
  expect(nextPath("/inbox/c_1?tab=queue")).toBe("/inbox/c_1?tab=queue");
  for (const next of [
    null,
    "",
    "inbox",
    "//evil.example/x",
    "/\\evil.example",
    "https://evil.example",
    "/login?next=/x",
  ]) {
    expect(nextPath(next)).toBe("/");
  }
});
