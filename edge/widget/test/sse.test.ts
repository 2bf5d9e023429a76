import { describe, expect, it } from "vitest";
import { type Frame, Frames } from "../src/sse";

const bytes = (text: string) => new TextEncoder().encode(text);

function parse(...chunks: Uint8Array[]): Frame[] {
  const frames = new Frames();
  return chunks.flatMap((chunk) => frames.push(chunk));
}

describe("Frames", () => {
  const cases: [string, string, Frame[]][] = [
    ["an event", "event: reply\ndata: 你好\n\n", [{ event: "reply", data: "你好" }]],
    ["the default kind", "data: x\n\n", [{ event: "message", data: "x" }]],
    ["several lines of data", "data: a\ndata: b\n\n", [{ event: "message", data: "a\nb" }]],
    [
      "an id of its own only",
      "id: 7\ndata: a\n\ndata: b\n\n",
      [
        { event: "message", data: "a", id: "7" },
        { event: "message", data: "b" },
      ],
    ],
    ["comments", ": keep-alive\n\ndata: a\n\n", [{ event: "message", data: "a" }]],
    ["no event without data", "event: reply\nid: 3\n\nretry: 1000\n\n", []],
    ["one space after the colon only", "data:  a\ndata:b\n\n", [{ event: "message", data: " a\nb" }]],
    ["a field without a colon", "data\n\n", [{ event: "message", data: "" }]],
    ["nothing before the empty line", "data: unfinished", []],
    ["an id with a zero is none", "id: a\0b\ndata: x\n\n", [{ event: "message", data: "x" }]],
    ["fields it does not know", "colour: red\ndata: x\n\n", [{ event: "message", data: "x" }]],
  ];
  it.each(cases)("reads %s", (_, text, want) => {
    expect(parse(bytes(text))).toEqual(want);
  });

  it.each(cases)("reads %s with CR and with CRLF", (_, text, want) => {
    expect(parse(bytes(text.replaceAll("\n", "\r\n")))).toEqual(want);
    expect(parse(bytes(text.replaceAll("\n", "\r")))).toEqual(want);
  });

  it("does not care where the network cuts", () => {
    const stream =
      'id: 12\r\nevent: reply\r\ndata: {"text":"退货政策 🌱"}\r\n\r\n: hm\n\ndata: 第二\ndata: 行\n\n';
    const whole = bytes(stream);
    const want = parse(whole);
    expect(want).toHaveLength(2);
    for (let first = 0; first <= whole.length; first++) {
      for (let second = first; second <= whole.length; second += 3) {
        const got = parse(whole.slice(0, first), whole.slice(first, second), whole.slice(second));
        expect(got, `cut at ${first} and ${second}`).toEqual(want);
      }
    }
    expect(parse(...Array.from(whole, (byte) => Uint8Array.of(byte)))).toEqual(want);
  });

  it("ignores a byte order mark", () => {
    expect(parse(bytes("\ufeffdata: x\n\n"))).toEqual([{ event: "message", data: "x" }]);
  });
});
