// In which order the figures stand, and under which heading.
import type { Metric } from "./queries";

/** The headings, and how the keys of what stands under each begin. */
const beginnings = {
  volume: ["sessions", "new_", "unique_", "customer_", "live_", "backlog"],
  resolution: [
    "ai_involvement",
    "containment",
    "assumed_",
    "confirmed_",
    "deflection",
    "net_self",
    "transfer_",
    "knowledge_",
    "unanswered",
    "fcr",
    "reopen",
    "repeat_",
  ],
  queue: ["queue_", "abandonment", "short_abandon", "service_level", "callbacks", "human_request"],
  satisfaction: ["csat", "nps", "ces", "negative_", "emotion_", "complaint"],
  growth: ["comment", "outreach", "lead", "visitor", "mql", "sql", "won", "qualified", "campaign", "spoke"],
  cost: ["model_", "cost_", "token"],
  risk: ["mask_", "policy_", "quota_", "denial"],
  service: [""], // the rest: how fast and how well people and the AI serve
};

export type Heading = keyof typeof beginnings;

const order: Heading[] = [
  "volume",
  "resolution",
  "service",
  "queue",
  "satisfaction",
  "growth",
  "cost",
  "risk",
];

function headingOf(key: string): Heading {
  const headings = Object.keys(beginnings) as Heading[];
  return headings.find((h) => beginnings[h].some((b) => key.startsWith(b))) ?? "service";
}

/** The figures by heading; headings without any are left out. */
export function grouped(metrics: Metric[]): { heading: Heading; metrics: Metric[] }[] {
  return order
    .map((heading) => ({ heading, metrics: metrics.filter((m) => headingOf(m.key) === heading) }))
    .filter((g) => g.metrics.length > 0);
}
