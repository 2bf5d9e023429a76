import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { hunks } from "../src/features/compliance/difference";
import { Drafting, type Unsaved, type Work } from "../src/features/compliance/drafting";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const work = (text: string): Work => ({ base: "r1", files: { "a.rego": text } });

/** A draft with a browser's shelf and a server that answers when it is told to. */
function open(unsaved: Unsaved | null = null, keptAt = "noon") {
  const sent: string[] = [];
  const answers: ((error?: Error) => void)[] = [];
  const shelf = {
    held: unsaved,
    read: () => shelf.held,
    write: (held: Unsaved | null) => {
      shelf.held = held;
    },
  };
  const send = (given: Work) => {
    sent.push(given.files["a.rego"] ?? "");
    return new Promise<string>((resolve, reject) =>
      answers.push((error) => (error ? reject(error) : resolve(`after ${sent.at(-1)}`))),
    );
  };
  const drafting = new Drafting({ work: work("kept"), at: keptAt }, shelf, send);
  const answer = async (error?: Error) => {
    answers.shift()?.(error);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { drafting, shelf, sent, answer };
}

test("every letter is kept at once, and the server hears of it after a pause", async () => {
  const { drafting, shelf, sent, answer } = open();
  expect(drafting.state).toBe("saved");
  for (const text of ["a", "ab", "abc"]) {
    drafting.change(work(text));
    expect(shelf.held?.files["a.rego"]).toBe(text);
    await vi.advanceTimersByTimeAsync(1_400);
  }
  expect(sent).toEqual([]);
  expect(drafting.state).toBe("unsaved");
  await vi.advanceTimersByTimeAsync(100);
  expect(sent).toEqual(["abc"]);
  expect(drafting.state).toBe("saving");
  await answer();
  expect(drafting.state).toBe("saved");
  expect(shelf.held).toBeNull();
});

test("what is written while the server answers is saved after it", async () => {
  const { drafting, shelf, sent, answer } = open();
  drafting.change(work("one"));
  void drafting.save();
  drafting.change(work("two"));
  void drafting.save();
  expect(sent).toEqual(["one"]);
  await answer();
  expect(drafting.state).toBe("unsaved");
  expect(shelf.held).toEqual({ ...work("two"), over: "after one" });
  await vi.advanceTimersByTimeAsync(1_500);
  expect(sent).toEqual(["one", "two"]);
  await answer();
  expect(drafting.state).toBe("saved");
});

test("a failure is shown, keeps the text and is tried again", async () => {
  const { drafting, shelf, sent, answer } = open();
  drafting.change(work("one"));
  void drafting.save();
  await answer(new Error("down"));
  expect(drafting.state).toBe("failed");
  expect(shelf.held?.files["a.rego"]).toBe("one");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent).toEqual(["one", "one"]);
  await answer();
  expect(drafting.state).toBe("saved");
});

test("what a crash left in the browser comes back and is saved, unless the server has something newer", async () => {
  const left = { ...work("left"), over: "noon" };
  const after = open(left);
  expect(after.drafting.work).toEqual(work("left"));
  expect(after.drafting.state).toBe("unsaved");
  await vi.advanceTimersByTimeAsync(1_500);
  expect(after.sent).toEqual(["left"]);
  const older = open(left, "later");
  expect(older.drafting.work).toEqual(work("kept"));
  expect(older.drafting.state).toBe("saved");
  expect(older.shelf.held).toBeNull();
});

test("nothing is sent that is saved already, nor after it was dropped", async () => {
  const { drafting, sent } = open();
  await drafting.save();
  drafting.change(work("gone"));
  drafting.reset({ base: "r2", files: {} });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(sent).toEqual([]);
  expect(drafting.work.base).toBe("r2");
});

test("once it is settled nothing more is sent", async () => {
  const { drafting, sent, answer } = open();
  drafting.change(work("one"));
  void drafting.save();
  drafting.change(work("two"));
  const settled = drafting.settle();
  await answer();
  await settled;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(sent).toEqual(["one"]);
});

test("an answer to what was dropped meanwhile changes nothing", async () => {
  const { drafting, sent, answer } = open();
  drafting.change(work("one"));
  void drafting.save();
  drafting.reset({ base: "r2", files: {} });
  await answer(new Error("late"));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(sent).toEqual(["one"]);
  expect(drafting.state).toBe("saved");
});

/** A difference in one text, for reading. */
const drawn = (before: string, after: string) =>
  hunks(before, after).map((hunk) => hunk.map(({ sign, text }) => sign + text).join("\n"));

test("a difference shows what was taken out and put in, with what stands around it", () => {
  const before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14";
  expect(drawn(before, before)).toEqual([]);
  expect(drawn(before, before.replace("\n3\n", "\nthree\n"))).toEqual([" 1\n 2\n-3\n+three\n 4\n 5\n 6"]);
  expect(drawn(before, `0\n${before}`)).toEqual(["+0\n 1\n 2\n 3"]);
  expect(drawn(before, before.replace("\n14", ""))).toEqual([" 11\n 12\n 13\n-14"]);
  expect(drawn(before, before.replace("2\n", "").replace("13", "x"))).toEqual([
    " 1\n-2\n 3\n 4\n 5",
    " 10\n 11\n 12\n-13\n+x\n 14",
  ]);
  expect(drawn("", "a\nb")).toEqual(["-\n+a\n+b"]);
});

test("a difference can be read back into either text", () => {
  const words = ["a", "b", "c", "", "d"];
  let seed = 7;
  const next = (n: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * n);
  };
  for (let round = 0; round < 500; round++) {
    const text = () => Array.from({ length: 1 + next(30) }, () => words[next(words.length)]).join("\n");
    const [before, after] = [text(), text()];
    const found = hunks(before, after);
    const a = before.split("\n");
    const patched = [...a];
    for (const hunk of found.toReversed()) {
      const old = hunk.filter((line) => line.sign !== "+");
      const first = old[0]?.before ?? 1;
      expect(a.slice(first - 1, first - 1 + old.length)).toEqual(old.map((line) => line.text));
      const fresh = hunk.filter((line) => line.sign !== "-").map((line) => line.text);
      patched.splice(first - 1, old.length, ...fresh);
    }
    expect(patched.join("\n")).toBe(after);
  }
});
