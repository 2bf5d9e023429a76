// How a metric is drawn.
import dayjs from "dayjs";
import type { EChartsOption } from "../../charts";
import { type Stretch, silence } from "./line";
import type { Figures } from "./queries";
import { shown } from "./value";

export interface Line {
  name: string;
  points: [number, number][]; // ms since 1970 and value
  faint?: boolean; // stands behind, dashed
  none?: Stretch | undefined; // when nothing was counted: the line is broken there
}

interface Drawing {
  lines: Line[];
  unit: string;
  from: number; // ms since 1970
  to: number;
  bands?: Band[];
  target?: { name: string; value: number };
  size?: number; // of letters in pixels, 12 when it is left out
}

/** A stretch of time that is unlike the others. */
export interface Band {
  name: string;
  from: number; // ms since 1970
  to: number;
  made: boolean; // there are figures in it
}

/** What of a range is made up, and when nothing was counted. */
export function bandsOf(figures: Figures, t: (key: "demo_band" | "silence") => string): Band[] {
  const { demo } = figures;
  const none = silence(figures);
  return [
    ...(demo
      ? [{ name: t("demo_band"), from: Date.parse(demo.from), to: Date.parse(demo.to), made: true }]
      : []),
    ...(none ? [{ name: t("silence"), from: none[0], to: none[1], made: false }] : []),
  ];
}

const few = 40; // points that are still told apart

/** The chart of lines of one metric over a range. */
export function drawn({ lines, unit, from, to, target, bands = [], size = 12 }: Drawing): EChartsOption {
  const long = to - from > 2 * 86_400_000;
  return {
    aria: { enabled: true },
    animation: false,
    grid: { left: 8, right: 8 + size, top: 24 + size * 1.5, bottom: 8, containLabel: true },
    legend: { top: 4, type: "scroll", textStyle: { fontSize: size } },
    tooltip: {
      trigger: "axis",
      valueFormatter: (v) => shown(typeof v === "number" ? v : null, unit),
      axisPointer: { label: { formatter: ({ value }) => dayjs(Number(value)).format("MM-DD HH:mm") } },
    },
    xAxis: {
      type: "time",
      min: from,
      max: to,
      axisLabel: { fontSize: size, hideOverlap: true, formatter: long ? "{MM}-{dd}" : "{HH}:{mm}" },
    },
    yAxis: {
      type: "value",
      scale: unit !== "count",
      minInterval: unit === "count" ? 1 : undefined,
      axisLabel: { fontSize: size, formatter: (v: number) => shown(v, unit) },
    },
    series: lines.map(({ name, points, faint, none }, i) => ({
      type: "line",
      name,
      data: none
        ? [
            ...points.filter(([at]) => at < none[0]),
            [none[0], null],
            ...points.filter(([at]) => at >= none[0]),
          ]
        : points,
      showSymbol: points.length < few,
      symbolSize: 5,
      z: faint ? 1 : 2,
      lineStyle: faint ? { type: "dashed", width: 1.5, opacity: 0.8 } : { width: 2 },
      areaStyle: lines.length <= 2 && !faint ? { opacity: 0.12 } : undefined,
      markArea: i === 0 && bands.length > 0 ? shaded(bands, size) : undefined,
      markLine:
        target && i === 0
          ? {
              silent: true,
              symbol: "none",
              data: [{ yAxis: target.value, name: target.name }],
              label: { formatter: `${target.name} ${shown(target.value, unit)}`, position: "insideEndTop" },
              lineStyle: { type: "dotted", width: 1.5 },
            }
          : undefined,
    })),
  };
}

/** Bands behind the lines, with their names: that of a narrow one stands where there is room. */
function shaded(bands: Band[], size: number) {
  return {
    silent: true,
    data: bands.map(({ name, from, to, made }): [object, object] => [
      {
        name,
        xAxis: from,
        itemStyle: { color: made ? "rgba(212, 163, 30, 0.07)" : "rgba(128, 128, 128, 0.16)" },
        label: {
          position: made ? "insideTopLeft" : "insideTopRight",
          fontSize: size,
          color: made ? "#a07c1c" : "#808a84",
        },
      },
      { xAxis: to },
    ]),
  };
}

/** Points as they would stand in another range. */
export const moved = (points: [number, number][], by: number): [number, number][] =>
  points.map(([at, v]) => [at + by, v]);
