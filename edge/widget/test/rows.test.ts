import { describe, expect, it } from "vitest";
import { rows } from "../src/rows";
import { initial, type Pending, reduce } from "../src/state";
import type { Author, Message } from "../src/wire";

let seq = 0;
function said(by: Author, at: Date, more: Partial<Message> = {}): Message {
  seq++;
  return { id: `m${seq}`, seq, by, text: "…", at: at.toISOString(), ...more };
}

function layout(messages: Message[], pending: Pending[] = []) {
  return rows(reduce(initial(undefined, pending), { do: "history", messages, earlier: false }));
}

const noon = (minute: number, day = 10) => new Date(2026, 10, day, 12, minute);

describe("rows", () => {
  it("sets days apart", () => {
    const kinds = layout([said("ai", noon(0)), said("ai", noon(1)), said("ai", noon(0, 11))]).map(
      (row) => row.kind,
    );
    expect(kinds).toEqual(["day", "message", "message", "day", "message"]);
  });

  it("groups what one author says within minutes", () => {
    const marks = layout([
      said("customer", noon(0)),
      said("customer", noon(1)),
      said("customer", noon(20)),
      said("human", noon(21), { agent: "小李" }),
      said("human", noon(22), { agent: "小王" }),
    ]).flatMap((row) =>
      row.kind === "message" ? `${row.first ? "first" : ""}${row.last ? "last" : ""}` : [],
    );
    expect(marks).toEqual(["first", "last", "firstlast", "firstlast", "firstlast"]);
  });

  it("offers options under the newest message only, while nobody writes", () => {
    const options = { options: ["是", "否"] };
    const offered = (list: ReturnType<typeof layout>) =>
      list.map((row) => (row.kind === "message" ? row.options.length : 0)).filter(Boolean);
    expect(offered(layout([said("ai", noon(0), options), said("ai", noon(1), options)]))).toEqual([2]);
    expect(offered(layout([said("ai", noon(0), options), said("customer", noon(1))]))).toEqual([]);
    const state = reduce(initial(), {
      do: "history",
      messages: [said("ai", noon(0), options)],
      earlier: false,
    });
    expect(offered(rows({ ...state, typing: { by: "ai", text: "" } }))).toEqual([]);
  });

  it("hides a pending message that the log already has", () => {
    const item: Pending = { key: "k", text: "x", pictures: [], at: noon(5).toISOString(), status: "sending" };
    const count = (pending: Pending) =>
      layout([said("ai", noon(0))], [pending]).filter((row) => row.kind === "pending").length;
    expect(count(item)).toBe(1);
    expect(count({ ...item, claimed: "m9" })).toBe(0);
  });

  it("gives every row a key of its own that stays when a message is confirmed", () => {
    const at = noon(5).toISOString();
    const item: Pending = { key: "k", text: "x", pictures: [], at, status: "sending" };
    const before = reduce(initial(), { do: "add", item });
    const after = reduce(before, {
      do: "confirm",
      key: "k",
      message: { id: "m", text: "x", by: "customer", at },
    });
    const keys = (list: ReturnType<typeof rows>) => list.map((row) => row.key);
    expect(keys(rows(after))).toEqual(keys(rows(before)));
    expect(new Set(keys(rows(after))).size).toBe(2);
  });
});
