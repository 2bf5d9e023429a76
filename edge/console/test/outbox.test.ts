import { beforeEach, expect, test, vi } from "vitest";

const post = vi.fn();
vi.mock("../src/api/client", () => ({
  ApiError: class extends Error {
    constructor(
      readonly status: number,
      readonly code: string,
      message: string,
    ) {
      super(message);
    }
  },
  api: { POST: post },
  take: async (call: Promise<{ data: unknown }>) => (await call).data,
}));

const kept = new Map<string, string>();
vi.stubGlobal("localStorage", {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => kept.set(key, value),
  removeItem: (key: string) => kept.delete(key),
});

const { ApiError } = await import("../src/api/client");
let outbox: typeof import("../src/features/workbench/outbox");

beforeEach(async () => {
  post.mockReset();
  kept.clear();
  vi.resetModules();
  outbox = await import("../src/features/workbench/outbox");
});

const sent = (n: number) =>
  post.mock.calls[n]?.[1] as { params: { header: Record<string, string> }; body: object };

test("a message that was accepted waits for its place in the thread", async () => {
  post.mockResolvedValue({ data: { message: { id: "m1" } } });
  await outbox.send("c", { text: "hello", seen: 4 });
  expect(sent(0).body).toEqual({ text: "hello", seen: 4 });
  expect(outbox.outgoing("c")).toMatchObject([{ text: "hello", id: "m1" }]);
  outbox.drop("c", [outbox.outgoing("c")[0]?.key ?? ""]);
  expect(outbox.outgoing("c")).toEqual([]);
});

test("what failed stays, over a reload too, and goes out again under the same key", async () => {
  post.mockRejectedValue(new ApiError(503, "unavailable", "later"));
  await outbox.send("c", { text: "hello", seen: 4, suggestion: "hi" });
  expect(outbox.outgoing("c")).toMatchObject([
    { text: "hello", failure: { code: "unavailable", message: "later" } },
  ]);

  vi.resetModules();
  outbox = await import("../src/features/workbench/outbox");
  const [failed] = outbox.outgoing("c");
  if (!failed) throw new Error("the message is lost");
  post.mockResolvedValue({ data: { message: { id: "m1" } } });
  await outbox.again("c", failed);
  expect(sent(1).params.header).toEqual(sent(0).params.header);
  expect(sent(1).body).toEqual(sent(0).body);
  expect(outbox.outgoing("c")).toMatchObject([{ id: "m1", failure: undefined }]);
  expect(kept.size).toBe(0);
});

test("with force it goes out although a colleague has answered", async () => {
  post.mockRejectedValueOnce(new ApiError(409, "answered_meanwhile", "look first"));
  await outbox.send("c", { text: "hello", seen: 4 });
  post.mockResolvedValue({ data: { message: { id: "m1" } } });
  const [failed] = outbox.outgoing("c");
  if (failed) await outbox.again("c", failed, true);
  expect(sent(1).body).toEqual({ text: "hello", seen: 4, force: true });
});
