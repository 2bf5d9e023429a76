import { describe, expect, it } from "vitest";
import { accent, contrast } from "../src/colour";
import { langOf, texts } from "../src/i18n";
import { pieces } from "../src/links";
import { decode } from "../src/wire";

describe("pieces", () => {
  const hrefs = (text: string) => pieces(text).flatMap((piece) => piece.href ?? []);

  it.each([
    ["看 https://a.cn/订单 吧", ["https://a.cn/"]],
    ["详情见https://a.cn/x?y=1&z=2。谢谢", ["https://a.cn/x?y=1&z=2"]],
    ["(https://a.cn/b).", ["https://a.cn/b"]],
    ["https://en.wikipedia.org/wiki/Go_(game), yes", ["https://en.wikipedia.org/wiki/Go_(game)"]],
    ["javascript:alert(1) data:text/html,x ftp://a.cn", []],
    ["http://a.cn https://b.cn", ["http://a.cn", "https://b.cn"]],
    ['<a href="https://a.cn">x</a>', ["https://a.cn"]],
  ])("finds the links of %s", (text, want) => {
    expect(hrefs(text)).toEqual(want);
  });

  it("loses and adds nothing, and links to the web only", () => {
    const parts = [
      "https://a.cn/x",
      "javascript:alert(1)",
      "。",
      " ",
      "<img src=x onerror=y>",
      "(",
      ")",
      "http://",
      "你好",
      "HTTPS://B.CN",
    ];
    for (let seed = 0; seed < 400; seed++) {
      const text = Array.from(
        { length: 6 },
        (_, i) => parts[(seed * 7 + i * (seed + 3)) % parts.length],
      ).join("");
      const cut = pieces(text);
      expect(cut.map((piece) => piece.text).join("")).toBe(text);
      for (const piece of cut) if (piece.href !== undefined) expect(piece.href).toMatch(/^https?:\/\/\S+$/i);
    }
  });
});

describe("accent", () => {
  const rgb = (hex: string) =>
    [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];

  it.each(["#1b6b4c", "#ffd400", "#000", "#fff", "#777777", "#e60012"])(
    "can be read in every place for %s",
    (colour) => {
      const { fill, on, light, dark } = accent(colour);
      expect(contrast(rgb(fill), rgb(on))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(rgb(light), [255, 255, 255])).toBeGreaterThanOrEqual(4.5);
      expect(contrast(rgb(dark), rgb("#171b1a"))).toBeGreaterThanOrEqual(4.5);
    },
  );

  it("falls back when it is no colour", () => {
    for (const wrong of [undefined, "", "red", "#12", "#1234567", "url(x)"])
      expect(accent(wrong)).toEqual(accent(undefined));
  });
});

describe("texts", () => {
  it("are complete in both languages", () => {
    const shape = (value: object) =>
      Object.entries(value).map(([name, text]) => [name, typeof text, String(text).length > 0]);
    expect(shape(texts("en"))).toEqual(shape(texts("zh")));
    expect(texts("en").starters).toHaveLength(texts("zh").starters.length);
    const { foot: _, ...english } = texts("en");
    expect(JSON.stringify(english)).not.toMatch(/[\u4e00-\u9fff]/);
  });

  it.each([
    ["zh", "en", "en", "zh"],
    ["en", "zh-CN", "zh-CN", "en"],
    ["auto", "zh-CN", "en-US", "zh"],
    ["auto", "", "zh-TW", "zh"],
    [undefined, "", "fr", "en"],
  ] as const)("setting %s, page %s, browser %s: %s", (setting, page, browser, want) => {
    expect(langOf(setting, page, browser)).toBe(want);
  });
});

describe("decode", () => {
  it("takes the place from the frame when the event does not say it", () => {
    expect(decode("reply", '{"id":"r","text":"x","by":"ai","at":"2026-01-01T00:00:00Z"}', "9")).toMatchObject(
      { kind: "reply", seq: 9, message: { id: "r", seq: 9 } },
    );
    expect(decode("handoff", '{"state":"moved","position":2}', undefined)).toMatchObject({ seq: undefined });
    expect(decode("message", '{"id":"m","text":"x","seq":4}', "4")).toMatchObject({
      message: { by: "customer" },
    });
  });

  it.each([
    ["reply", "not json"],
    ["reply", "null"],
    ["reply", "[]"],
    ["reply", '{"id":1,"text":"x","seq":1}'],
    ["reply", '{"id":"r","text":"x"}'],
    ["weather", "{}"],
  ])("leaves out a %s of %s", (event, data) => {
    expect(decode(event, data, undefined)).toBeUndefined();
  });
});
