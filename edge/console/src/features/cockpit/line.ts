// The points of a metric's line.
import type { Figures, Metric } from "./queries";

type Series = Metric["series"];

/** A metric's line, as pairs of a time in ms and a value. */
export function points(series: Series): [number, number][] {
  return series.filter((p): p is [number, number] => p.length === 2);
}

/** A stretch of time in ms since 1970. */
export type Stretch = [number, number];

/** When nothing was counted: after the figures that are made up, until the first start. Figures before all of it begin there. */
export function silence({
  demo,
  since,
  from,
}: Pick<Figures, "demo" | "since" | "from">): Stretch | undefined {
  return since ? [Date.parse(demo?.to ?? from), Date.parse(since)] : undefined;
}
