// Under which headings the figures stand.
import type { Metric } from "./queries";

/** The headings in their order, as the API names them. */
const headings = ["volume", "resolution", "service", "queue", "satisfaction", "growth", "cost", "risk"];

/** The figures that stand for themselves: the others are another statistic of one, or a part of it. */
export const heads = (metrics: Metric[]) => metrics.filter((m) => !m.of);

/** A figure and those that belong to it, or to the same. */
export function family(metrics: Metric[], { key, of }: Metric): Metric[] {
  const head = of || key;
  return metrics.filter((m) => m.key === head || m.of === head);
}

/** The figures by heading; headings without any are left out, those that are new stand last. */
export function grouped(metrics: Metric[]): { heading: string; metrics: Metric[] }[] {
  const all = [...new Set([...headings, ...metrics.map((m) => m.group)])];
  return all
    .map((heading) => ({ heading, metrics: metrics.filter((m) => m.group === heading) }))
    .filter((g) => g.metrics.length > 0);
}
