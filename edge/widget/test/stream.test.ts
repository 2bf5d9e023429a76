import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Failure } from "../src/api";
import { backoff, Stream } from "../src/stream";

/** A connection of the test's: bytes go in by hand, and it can end or break. */
function connection() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (c) => {
      controller = c;
    },
  });
  return {
    response: new Response(body),
    say: (text: string) => controller?.enqueue(new TextEncoder().encode(text)),
    end: () => controller?.close(),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

function listen(open: (signal: AbortSignal) => Promise<Response>) {
  const heard: string[] = [];
  const live: boolean[] = [];
  const renew = vi.fn(async () => {});
  const stream = new Stream({
    open,
    frame: (frame) => heard.push(frame.data),
    live: (is) => live.push(is),
    renew,
  });
  return { stream, heard, live, renew };
}

describe("Stream", () => {
  it("hands on what it hears and comes back after the end", async () => {
    const connections = [connection(), connection()];
    let opened = 0;
    const { stream, heard } = listen(
      async () => (connections[opened++] as ReturnType<typeof connection>).response,
    );
    stream.start();
    await settle();
    connections[0]?.say("data: one\n\n");
    await settle();
    connections[0]?.end();
    await vi.advanceTimersByTimeAsync(1000);
    expect(opened).toBe(2);
    connections[1]?.say("data: two\n\n");
    await settle();
    expect(heard).toEqual(["one", "two"]);
    stream.stop();
  });

  it("waits longer and longer, and not at all when woken", async () => {
    let tries = 0;
    const { stream } = listen(async () => {
      tries++;
      throw new Failure(0, "", "");
    });
    stream.start();
    await vi.advanceTimersByTimeAsync(10_000);
    const few = tries;
    expect(few).toBeGreaterThan(2);
    expect(few).toBeLessThan(9);
    stream.wake();
    await settle();
    expect(tries).toBe(few + 1);
    stream.stop();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(tries).toBe(few + 1);
  });

  it("waits as long as the edge asks", async () => {
    let tries = 0;
    const { stream } = listen(async () => {
      tries++;
      throw new Failure(503, "unavailable", "", 7000);
    });
    stream.start();
    await vi.advanceTimersByTimeAsync(6900);
    expect(tries).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(tries).toBe(2);
    stream.stop();
  });

  it("asks for a new session when the old one has run out", async () => {
    const { stream, renew } = listen(async () => {
      throw new Failure(401, "token_expired", "");
    });
    stream.start();
    await settle();
    expect(renew).toHaveBeenCalledTimes(1);
    stream.stop();
  });

  it("does not trust a silent connection for ever", async () => {
    let opened = 0;
    const { stream, live } = listen((signal) => {
      opened++;
      const { response, end } = connection();
      signal.addEventListener("abort", end);
      return Promise.resolve(response);
    });
    stream.start();
    await vi.advanceTimersByTimeAsync(75_000);
    expect(opened).toBe(2);
    expect(live).toContain(false);
    stream.stop();
  });
});

describe("backoff", () => {
  it("doubles up to half a minute, and scatters", () => {
    expect(backoff(0, () => 1)).toBe(500);
    expect(backoff(1, () => 1)).toBe(1000);
    expect(backoff(50, () => 1)).toBe(30_000);
    expect(backoff(3, () => 0)).toBe(2000);
  });
});
