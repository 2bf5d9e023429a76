import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Line } from "../src/live/socket";

class FakeSocket {
  static readonly OPEN = 1;
  static made: FakeSocket[] = [];
  readyState = 0;
  sent: string[] = [];
  onopen: (() => void) | undefined;
  onmessage: ((e: { data: string }) => void) | undefined;
  onclose: (() => void) | undefined;
  constructor(readonly url: string) {
    FakeSocket.made.push(this);
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.readyState = 3;
    this.onclose?.();
  }
  arrive() {
    this.readyState = 1;
    this.onopen?.();
  }
}

beforeEach(() => {
  FakeSocket.made = [];
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const last = () => FakeSocket.made.at(-1) as FakeSocket;

test("hands frames to whoever hears their type, and nothing else", () => {
  const line = new Line(
    () => "ws://x",
    () => {},
  );
  const heard: unknown[] = [];
  const stop = line.hear("message", (f) => heard.push(f));
  line.open();
  last().arrive();
  last().onmessage?.({ data: '{"type":"message","n":1}' });
  last().onmessage?.({ data: '{"type":"queue"}' });
  last().onmessage?.({ data: "not JSON" });
  stop();
  last().onmessage?.({ data: '{"type":"message","n":2}' });
  expect(heard).toEqual([{ type: "message", n: 1 }]);
  line.close();
});

test("comes back after it was lost, and says that something may have been missed", () => {
  const returned = vi.fn();
  const line = new Line(() => "ws://x", returned);
  const states: string[] = [];
  line.watch((s) => states.push(s));
  line.open();
  last().arrive();
  expect(returned).not.toHaveBeenCalled();
  last().close();
  vi.advanceTimersByTime(400);
  expect(FakeSocket.made).toHaveLength(2);
  last().close(); // not there yet
  vi.advanceTimersByTime(20_000);
  last().arrive();
  expect(returned).toHaveBeenCalledTimes(1);
  expect(states).toEqual(["open", "lost", "open"]);
  line.close();
  vi.advanceTimersByTime(60_000);
  expect(FakeSocket.made).toHaveLength(3);
  expect(line.state).toBe("closed");
});

test("beats while it is open, and drops what is said while it is not", () => {
  const line = new Line(
    () => "ws://x",
    () => {},
  );
  line.open();
  line.say({ type: "view", conversation: "c" });
  last().arrive();
  vi.advanceTimersByTime(45_000);
  expect(last().sent).toEqual(['{"type":"heartbeat"}', '{"type":"heartbeat"}']);
  line.close();
});
