import dayjs from "dayjs";
import { expect, test, vi } from "vitest";
import { changeOf, reached } from "../src/features/cockpit/change";
import { moved } from "../src/features/cockpit/chart";
import { table } from "../src/features/cockpit/csv";
import { family, grouped, heads } from "../src/features/cockpit/groups";
import { silence } from "../src/features/cockpit/line";
import type { Metric } from "../src/features/cockpit/queries";
import { pathOf } from "../src/features/cockpit/Spark";
import { shown } from "../src/features/cockpit/value";
import { asked, changed, readView, type View } from "../src/features/cockpit/view";

vi.mock("../src/shell/i18n", () => ({ currentLang: () => "en" }));

const read = (query: string) => readView(new URLSearchParams(query));

test("an address says what is looked at, and a strange one says nothing", () => {
  expect(read("")).toMatchObject({ range: "7d", channel: "", team: "", agent: "" });
  expect(read("range=1h&channel=app&team=t_1&agent=a")).toMatchObject({
    range: "1h",
    channel: "app",
    team: "t_1",
    agent: "a",
  });
  for (const strange of [
    "range=3y",
    "range=custom",
    "from=2026-11-02",
    "from=2026-11-09&to=2026-11-02",
    "from=x&to=y",
  ])
    expect(read(strange).range, strange).toBe("7d");
});

test("a custom range is whole days of the browser's zone, the last one included", () => {
  const view = read("from=2026-11-02&to=2026-11-03");
  expect(view.range).toBe("custom");
  expect(view.from).toBe(dayjs("2026-11-02").valueOf());
  expect(view.to).toBe(dayjs("2026-11-04").valueOf());
});

test("what is chosen takes the place of what was", () => {
  const params = new URLSearchParams("range=7d&channel=app");
  expect(changed(params, { channel: "", team: "t_1" }).toString()).toBe("range=7d&team=t_1");
  expect(params.get("channel")).toBe("app");
});

const view: View = { range: "1h", from: 0, to: 0, channel: "", team: "", agent: "" };
const now = Date.parse("2026-11-24T10:20:30Z");

test("a range that ends now is whole minutes with the present one in it", () => {
  expect(asked(view, now)).toEqual({
    from: String(Date.parse("2026-11-24T09:21:00Z")),
    to: String(Date.parse("2026-11-24T10:21:00Z")),
    step: "60",
  });
});

test("the period before ends where the range begins and is as long", () => {
  const [present, before] = [asked(view, now), asked(view, now, 1)];
  expect(before.to).toBe(present.from);
  expect(Number(before.to) - Number(before.from)).toBe(3_600_000);
});

test("no range has more steps than can be told apart, and steps are whole minutes", () => {
  const day = 86_400_000;
  for (const days of [1, 2, 7, 28, 90, 365]) {
    const { from, to, step } = asked({ ...view, range: "custom", from: now - days * day, to: now }, now);
    expect(Number(step) % 60).toBe(0);
    expect((Number(to) - Number(from)) / 1000 / Number(step)).toBeLessThanOrEqual(100);
  }
});

test.each([
  [null, "ratio", "–"],
  [0.1234, "ratio", "12.3%"],
  [1234567, "count", "1,234,567"],
  [2.345, "count", "2.35"],
  [0, "seconds", "0 s"],
  [0.0042, "seconds", "4 ms"],
  [59.6, "seconds", "1 min"],
  [187, "seconds", "3 min 7 s"],
  [7199, "seconds", "2 h"],
  [7500, "seconds", "2 h 5 min"],
  [820.4, "milliseconds", "820 ms"],
  [1234, "milliseconds", "1.23 s"],
  [1234.5, "CNY", "¥1,234.50"],
  [0.0123, "CNY", "¥0.0123"],
])("%s of %s is read as %s", (value, unit, text) => {
  expect(shown(value, unit)).toBe(text);
});

test("lines stand side by side in a table, with gaps where one has nothing to say", () => {
  const [first, second] = [dayjs("2026-11-02T09:00:00"), dayjs("2026-11-02T10:00:00")].map((d) =>
    d.valueOf(),
  );
  const csv = table("Time", [
    { name: 'of "all", sum', points: [[second ?? 0, 2]] },
    { name: "before", points: moved([[(first ?? 0) - 60_000, 0.5]], 60_000) },
  ]);
  expect(csv.split("\r\n")).toEqual([
    'Time,"of ""all"", sum",before',
    "2026-11-02 09:00:00,,0.5",
    "2026-11-02 10:00:00,2,",
  ]);
});

test("a line is broken where nothing was counted", () => {
  const line: [number, number][] = [
    [0, 1],
    [2, 3],
    [8, 2],
    [10, 1],
  ];
  expect(pathOf(line, 0, 10, [4, 7]).replace(/[\d. ]/g, "")).toBe("MLML");
  const since = "1970-01-01T00:00:07Z";
  const demo = { from: "1970-01-01T00:00:01Z", to: "1970-01-01T00:00:02Z" };
  expect(silence({ from: "1970-01-01T00:00:00Z", since })).toEqual([0, 7000]);
  expect(silence({ from: "1970-01-01T00:00:00Z", since, demo })).toEqual([2000, 7000]);
  expect(silence({ from: "1970-01-01T00:00:00Z", demo })).toBeUndefined();
});

test("a metric's kin are those of the same head", () => {
  const metrics = ["a", "a_p90 of a", "b", "a_mean of a"].map((text) => {
    const [key, of] = text.split(" of ");
    return { key, of } as Metric;
  });
  const keys = (all: Metric[]) => all.map((m) => m.key);
  expect(keys(heads(metrics))).toEqual(["a", "b"]);
  for (const one of ["a", "a_mean"]) {
    const metric = metrics.find((m) => m.key === one) as Metric;
    expect(keys(family(metrics, metric))).toEqual(["a", "a_p90", "a_mean"]);
  }
});

test("a line without axes fills its room", () => {
  const low: [number, number][] = [
    [0, 1],
    [5, 3],
    [10, 2],
  ];
  expect(pathOf(low, 0, 10)).toBe("M0.0 30.0L60.0 2.0L120.0 16.0");
  const flat: [number, number][] = [
    [0, 5],
    [10, 5],
  ];
  expect(pathOf(flat, 0, 10)).toBe("M0.0 16.0L120.0 16.0");
});

test.each([
  [120, 100, "count", "up", { way: "up", better: true, text: "20%" }],
  [50, 200, "seconds", "down", { way: "down", better: true, text: "75%" }],
  [0.421, 0.4, "ratio", "down", { way: "up", better: false, text: "2.1 pp" }],
  [2, 1, "count", "", { way: "up", text: "100%" }],
  [0.4, 0.4, "ratio", "up", { way: "same", text: "0 pp" }],
  [0, 0, "count", "up", { way: "same", text: "0%" }],
  [5, 0, "count", "up", undefined],
  [null, 3, "count", "up", undefined],
  [3, null, "count", "up", undefined],
])("%s after %s in %s, where %s is better", (value, before, unit, good, change) => {
  expect(changeOf({ value, unit, good, previous: { value: before, change: null } })).toEqual(change);
});

test("a target is reached from the side that is better", () => {
  expect(reached({ value: 0.8, good: "up", target: 0.8 })).toBe(true);
  expect(reached({ value: 0.79, good: "up", target: 0.8 })).toBe(false);
  expect(reached({ value: 20, good: "down", target: 30 })).toBe(true);
  expect(reached({ value: 31, good: "down", target: 30 })).toBe(false);
  expect(reached({ value: null, good: "down", target: 30 })).toBeUndefined();
  expect(reached({ value: 31, good: "down" })).toBeUndefined();
});

test("every figure stands under its heading, a heading that is new stands last", () => {
  const metrics = [
    ["a", "risk"],
    ["b", "brand_new"],
    ["c", "volume"],
    ["d", "risk"],
  ].map(([key, group]) => ({ key, group }) as Metric);
  expect(grouped(metrics).map(({ heading, metrics }) => [heading, ...metrics.map((m) => m.key)])).toEqual([
    ["volume", "c"],
    ["risk", "a", "d"],
    ["brand_new", "b"],
  ]);
});
