// How a metric is drawn.
import dayjs from "dayjs";
import type { EChartsOption } from "../../charts";
import { shown } from "./value";

export interface Line {
  name: string;
  points: [number, number][]; // ms since 1970 and value
  faint?: boolean; // stands behind, dashed
}

interface Drawing {
  lines: Line[];
  unit: string;
  from: number; // ms since 1970
  to: number;
  target?: { name: string; value: number };
  size?: number; // of letters in pixels, 12 when it is left out
}

const few = 40; // points that are still told apart

/** The chart of lines of one metric over a range. */
export function drawn({ lines, unit, from, to, target, size = 12 }: Drawing): EChartsOption {
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
    series: lines.map(({ name, points, faint }, i) => ({
      type: "line",
      name,
      data: points,
      showSymbol: points.length < few,
      symbolSize: 5,
      z: faint ? 1 : 2,
      lineStyle: faint ? { type: "dashed", width: 1.5, opacity: 0.8 } : { width: 2 },
      areaStyle: lines.length <= 2 && !faint ? { opacity: 0.12 } : undefined,
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

/** Points as they would stand in another range. */
export const moved = (points: [number, number][], by: number): [number, number][] =>
  points.map(([at, v]) => [at + by, v]);
