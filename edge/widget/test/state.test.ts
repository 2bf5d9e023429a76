import { describe, expect, it } from "vitest";
import { type Action, initial, keep, newest, type Pending, reduce, type State, unread } from "../src/state";
import type { Author, Message, ServerEvent } from "../src/wire";

const at = "2026-11-24T08:00:00Z";

function said(id: string, seq: number, by: Author = "ai", text = id): Message {
  return { id, seq, by, text, at };
}

function heard(message: Message): Action {
  const kind = message.by === "customer" ? "message" : "reply";
  return { do: "event", event: { kind, seq: message.seq ?? 0, message } as ServerEvent };
}

function pending(key: string, text: string): Pending {
  return { key, text, pictures: [], at, status: "sending" };
}

function run(...actions: Action[]): State {
  return actions.reduce(reduce, initial());
}

const ids = (state: State) => state.messages.map((message) => message.id);
const shown = (state: State) => [
  ...ids(state),
  ...state.pending.filter((item) => !item.claimed).map((item) => item.key),
];

describe("messages", () => {
  it("stand in order, whatever order they come in", () => {
    const all = [said("a", 1), said("b", 2), said("c", 3), said("d", 4)];
    const orders = [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [1, 3, 0, 2],
      [2, 0, 3, 1],
    ];
    for (const order of orders) {
      const state = run(...order.map((i) => heard(all[i] as Message)));
      expect(ids(state)).toEqual(["a", "b", "c", "d"]);
    }
  });

  it("are shown once, from history and stream", () => {
    const history: Action = { do: "history", messages: [said("a", 1), said("b", 2)], earlier: true };
    const state = run(heard(said("b", 2)), history, heard(said("a", 1)), history);
    expect(ids(state)).toEqual(["a", "b"]);
    expect(state.earlier).toBe(true);
  });

  it("move the cursor forward only", () => {
    expect(run(heard(said("b", 5)), heard(said("a", 2))).cursor).toBe(5);
  });
});

describe("a message of one's own", () => {
  const mine = said("m1", 4, "customer", "在吗");

  it("is confirmed by the answer, then placed by the stream", () => {
    const sent = run(
      heard(said("r", 3)),
      { do: "add", item: pending("k", "在吗") },
      { do: "confirm", key: "k", message: { ...mine, seq: undefined } as unknown as Message },
    );
    expect(shown(sent)).toEqual(["r", "m1"]);
    const placed = reduce(sent, heard(mine));
    expect(shown(placed)).toEqual(["r", "m1"]);
    expect(placed.messages[1]?.seq).toBe(4);
    expect(placed.messages[1]?.key).toBe("k"); // so that its row stays the same row
  });

  it("is shown once when the stream is faster than the answer", () => {
    const early = run({ do: "add", item: pending("k", "在吗") }, heard(mine), heard(said("r", 5)));
    expect(shown(early)).toEqual(["m1", "r"]);
    const late = reduce(early, { do: "confirm", key: "k", message: mine });
    expect(shown(late)).toEqual(["m1", "r"]);
    expect(late.pending).toEqual([]);
  });

  it("stands before the reply although its place is not known yet", () => {
    const state = run(
      { do: "add", item: pending("k", "在吗") },
      { do: "confirm", key: "k", message: { ...mine, seq: undefined } as unknown as Message },
      heard(said("r", 5)),
      heard(mine),
    );
    expect(ids(state)).toEqual(["m1", "r"]);
  });

  it("is not taken for the same words from another device", () => {
    const other = said("m2", 4, "customer", "在吗");
    const state = run({ do: "add", item: pending("k", "在吗") }, heard(other), {
      do: "confirm",
      key: "k",
      message: said("m3", 0, "customer", "在吗"),
    });
    expect(ids(state)).toEqual(["m2", "m3"]);
  });

  it("claims only one of two that say the same", () => {
    const state = run(
      { do: "add", item: pending("k1", "嗯") },
      { do: "add", item: pending("k2", "嗯") },
      heard(said("m", 1, "customer", "嗯")),
    );
    expect(shown(state)).toEqual(["m", "k2"]);
  });

  it("keeps the reason of a failure until it is tried again", () => {
    const failed = run(
      { do: "add", item: pending("k", "x") },
      { do: "mark", key: "k", status: "failed", problem: "太长" },
    );
    expect(failed.pending[0]).toMatchObject({ status: "failed", problem: "太长" });
    expect(reduce(failed, { do: "mark", key: "k", status: "waiting" }).pending[0]).not.toHaveProperty(
      "problem",
    );
    expect(reduce(failed, { do: "drop", key: "k" }).pending).toEqual([]);
  });
});

describe("an answer in the making", () => {
  it("gives way to the answer", () => {
    const typing = run({ do: "event", event: { kind: "typing", typing: { by: "ai", text: "可以" } } });
    expect(typing.typing).toEqual({ by: "ai", text: "可以" });
    expect(typing.cursor).toBe(0);
    expect(reduce(typing, heard(said("r", 1))).typing).toBeUndefined();
    expect(reduce(typing, { do: "quiet" }).typing).toBeUndefined();
  });
});

describe("the line for a person", () => {
  const moved = (
    state: "queued" | "moved" | "accepted" | "returned" | "left",
    seq: number,
    more = {},
  ): Action => ({
    do: "event",
    event: { kind: "handoff", seq, at, handoff: { state, ...more } },
  });

  it("is entered, moves on, and ends with a person", () => {
    const queued = run(moved("queued", 1, { position: 3, staffed: true, text: "请稍候" }));
    expect(queued.queue).toEqual({ position: 3, staffed: true, text: "请稍候" });
    const next = reduce(queued, moved("moved", 2, { position: 2, staffed: true }));
    expect(next.queue?.position).toBe(2);
    const accepted = reduce(next, moved("accepted", 3, { agent: "小李", text: "小李为您服务" }));
    expect(accepted.queue).toBeUndefined();
    expect(accepted.agent).toBe("小李");
    expect(accepted.messages.at(-1)).toMatchObject({ by: "system", text: "小李为您服务", seq: 3 });
    expect(reduce(accepted, moved("returned", 4)).agent).toBeUndefined();
  });

  it("is left", () => {
    const left = run(moved("queued", 1, { position: 1 }), moved("left", 2));
    expect(left.queue).toBeUndefined();
  });

  it("does not go back when an old notice comes again", () => {
    const accepted = run(moved("queued", 1, { position: 1 }), moved("accepted", 2, { agent: "小李" }));
    expect(reduce(accepted, moved("queued", 1, { position: 1 }))).toEqual(accepted);
  });

  it("survives a reload together with the cursor", () => {
    const queued = run(heard(said("a", 1)), moved("queued", 2, { position: 4, text: "" }));
    const again = initial(keep(queued));
    expect(again).toMatchObject({ cursor: 2, queue: { position: 4 }, agent: undefined });
  });

  it("ends when the conversation is closed", () => {
    const closed = run(moved("accepted", 1, { agent: "小李" }), {
      do: "event",
      event: { kind: "closed", seq: 2 },
    });
    expect(closed.agent).toBeUndefined();
    expect(closed.cursor).toBe(2);
  });
});

describe("unread", () => {
  it("counts what others said after the place that was read", () => {
    const state = run(
      heard(said("a", 1)),
      heard(said("m", 2, "customer")),
      heard(said("b", 3)),
      heard(said("c", 4, "human")),
    );
    expect(unread(state, 1)).toBe(2);
    expect(unread(state, newest(state))).toBe(0);
  });
});
