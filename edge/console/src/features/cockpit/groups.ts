// Under which headings the figures stand.
import type { Metric } from "./queries";

/** The headings in their order, as the API names them. */
const headings = ["volume", "resolution", "service", "queue", "satisfaction", "growth", "cost", "risk"];

/** The figures by heading; headings without any are left out, those that are new stand last. */
export function grouped(metrics: Metric[]): { heading: string; metrics: Metric[] }[] {
  const all = [...new Set([...headings, ...metrics.map((m) => m.group)])];
  return all
    .map((heading) => ({ heading, metrics: metrics.filter((m) => m.group === heading) }))
    .filter((g) => g.metrics.length > 0);
}
