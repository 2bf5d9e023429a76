import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Failure } from "../src/api";
import { Outbox } from "../src/outbox";
import { Shelf } from "../src/shelf";
import { initial, type Pending, reduce, type State } from "../src/state";
import type { Message } from "../src/wire";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

function office(post: (item: Pending) => Promise<Message>) {
  const shelf = new Shelf();
  let state: State = initial();
  const net = { online: true };
  const outbox = new Outbox(
    shelf,
    {
      pending: () => state.pending,
      post,
      tell: (action) => {
        state = reduce(state, action);
      },
    },
    () => net.online,
  );
  const write = (key: string, text = key) => {
    state = reduce(state, { do: "add", item: outbox.add(key, text, []) });
    void outbox.flush();
  };
  return { outbox, shelf, net, write, state: () => state };
}

const accepted = (item: Pending): Message => ({
  id: `m-${item.key}`,
  text: item.text,
  by: "customer",
  at: item.at,
});

describe("Outbox", () => {
  it("sends in order, one at a time", async () => {
    const underway: string[] = [];
    const doors = new Map<string, () => void>();
    const { write, state } = office((item) => {
      underway.push(item.key);
      return new Promise((resolve) => doors.set(item.key, () => resolve(accepted(item))));
    });
    write("a");
    write("b");
    await settle();
    expect(underway).toEqual(["a"]);
    doors.get("a")?.();
    await settle();
    expect(underway).toEqual(["a", "b"]);
    doors.get("b")?.();
    await settle();
    expect(state().messages.map((message) => message.id)).toEqual(["m-a", "m-b"]);
    expect(state().pending).toEqual([]);
  });

  it("tries again under the same key, and asks the customer in the end", async () => {
    const keys: string[] = [];
    let broken = true;
    const { write, state, outbox } = office(async (item) => {
      keys.push(item.key);
      if (broken) throw new Failure(503, "unavailable", "系统暂时繁忙");
      return accepted(item);
    });
    write("a");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(keys).toEqual(["a", "a", "a", "a", "a", "a"]);
    expect(state().pending[0]).toMatchObject({ status: "failed", problem: "系统暂时繁忙" });

    broken = false;
    write("b"); // what failed does not hold up what follows
    await settle();
    expect(state().messages.map((message) => message.id)).toEqual(["m-b"]);
    expect(outbox.stored().map((item) => item.key)).toEqual(["a"]);
  });

  it("does not repeat what the edge refuses", async () => {
    const post = vi.fn(async () => {
      throw new Failure(400, "text_too_long", "消息太长了");
    });
    const { write, state } = office(post);
    write("a");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(post).toHaveBeenCalledTimes(1);
    expect(state().pending[0]).toMatchObject({ status: "failed", problem: "消息太长了" });
  });

  it("waits for the network without giving up", async () => {
    const post = vi.fn(async (item: Pending) => accepted(item));
    const { write, state, net, outbox } = office(post);
    net.online = false;
    write("a");
    await vi.advanceTimersByTimeAsync(600_000);
    expect(post).not.toHaveBeenCalled();
    expect(state().pending[0]?.status).toBe("waiting");
    net.online = true;
    void outbox.flush();
    await settle();
    expect(state().pending).toEqual([]);
  });

  it("waits as long as the edge asks, or until woken", async () => {
    let limited = true;
    const post = vi.fn(async (item: Pending) => {
      if (limited) throw new Failure(429, "rate_limited", "", 30_000);
      return accepted(item);
    });
    const { write, outbox } = office(post);
    write("a");
    await vi.advanceTimersByTimeAsync(29_000);
    expect(post).toHaveBeenCalledTimes(1);
    limited = false;
    outbox.wake();
    await settle();
    expect(post).toHaveBeenCalledTimes(2);
  });

  it("finds again what a reload interrupted, but sends nothing old without asking", () => {
    const { outbox, shelf } = office(async (item) => accepted(item));
    outbox.add("new", "刚才", []);
    shelf.write("out.old", {
      key: "old",
      text: "昨天",
      pictures: [],
      at: new Date(Date.now() - 86_400_000).toISOString(),
      status: "sending",
    });
    expect(outbox.stored().map((item) => [item.key, item.status])).toEqual([
      ["old", "failed"],
      ["new", "waiting"],
    ]);
    outbox.remove("old");
    expect(outbox.stored().map((item) => item.key)).toEqual(["new"]);
  });
});
