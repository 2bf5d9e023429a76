import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Connection } from "../src/live/connection";

class FakeSocket {
  static readonly OPEN = 1;
  static made: FakeSocket[] = [];
  readyState = 0;
  sent: string[] = [];
  onopen?: () => void;
  onmessage?: (e: { data: unknown }) => void;
  onclose?: (e: { code: number }) => void;
  constructor(readonly url: string) {
    FakeSocket.made.push(this);
  }
  send(text: string) {
    this.sent.push(text);
  }
  close(code = 1006) {
    this.readyState = 3;
    this.onclose?.({ code });
  }
  arrive() {
    this.readyState = 1;
    this.onopen?.();
  }
}

const last = () => FakeSocket.made.at(-1) as FakeSocket;
const loggedOut = vi.fn();
let line: Connection;

beforeEach(() => {
  FakeSocket.made = [];
  loggedOut.mockReset();
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  line = new Connection(() => "ws://x", loggedOut);
  line.open();
});
afterEach(() => {
  line.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("hands frames to whoever hears their type, and to nobody else", () => {
  const heard = vi.fn();
  const stop = line.on("queue", heard);
  last().arrive();
  last().onmessage?.({ data: '{"type":"queue","waiting":3}' });
  last().onmessage?.({ data: '{"type":"something newer"}' });
  last().onmessage?.({ data: "not JSON" });
  stop();
  last().onmessage?.({ data: '{"type":"queue","waiting":4}' });
  expect(heard.mock.calls).toEqual([[{ type: "queue", waiting: 3 }]]);
});

test("comes back by itself, says what it looks at again, and that something may have been missed", () => {
  const missed = vi.fn();
  line.on("refresh", missed);
  last().arrive();
  line.say({ type: "view", conversation: "c" });
  expect(missed).not.toHaveBeenCalled();
  last().close();
  vi.advanceTimersByTime(600);
  expect(FakeSocket.made).toHaveLength(2);
  last().arrive();
  expect(last().sent).toEqual(['{"type":"view","conversation":"c"}']);
  expect(missed).toHaveBeenCalledTimes(1);
});

test("what is left is not looked at after a break", () => {
  last().arrive();
  line.say({ type: "view", conversation: "c" });
  line.say({ type: "leave", conversation: "c" });
  last().close();
  vi.advanceTimersByTime(600);
  last().arrive();
  expect(last().sent).toEqual([]);
});

test("a short break is not told, a long one is", () => {
  const states: string[] = [];
  line.watch(() => states.push(line.state));
  last().arrive();
  last().close();
  vi.advanceTimersByTime(600);
  last().arrive();
  last().close();
  for (let i = 0; i < 4; i++) {
    vi.advanceTimersByTime(4_000);
    if (last().readyState === 0) last().close();
  }
  expect(states).toEqual(["open", "lost"]);
});

test("tries again more and more seldom, and at once when it is told to", () => {
  for (let i = 0; i < 12; i++) {
    last().close();
    vi.advanceTimersByTime(15_000);
  }
  const made = FakeSocket.made.length;
  expect(made).toBe(13);
  last().close();
  vi.advanceTimersByTime(7_000);
  expect(FakeSocket.made).toHaveLength(made);
  line.hurry();
  expect(FakeSocket.made).toHaveLength(made + 1);
});

test("does not come back after the login has ended", () => {
  last().arrive();
  last().close(4401);
  expect(loggedOut).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.made).toHaveLength(1);
});
