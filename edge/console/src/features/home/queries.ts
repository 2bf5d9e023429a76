// What the first page asks the API.
import { useQuery } from "@tanstack/react-query";
import { api, take } from "../../api/client";

/** Something that waits: what it is, how many there are, and where it is dealt with. */
export interface Waiting {
  what: "nobody" | "gaps" | "dead" | "off" | "failed" | "providers";
  count: number;
  names: string;
  path: string;
}

/** Looks at what an administrator should know of, the most pressing first. */
export function useAttention() {
  return useQuery({ queryKey: ["home", "attention"], queryFn: look, refetchInterval: 30_000 });
}

async function look(): Promise<Waiting[]> {
  const [people, channels, streams, gaps, providers] = await Promise.all([
    take(api.GET("/api/v1/people")),
    take(api.GET("/api/v1/channels")),
    take(api.GET("/api/v1/streams")),
    take(api.GET("/api/v1/knowledge/gaps", { params: { query: { limit: "200" } } })),
    take(api.GET("/api/v1/providers")),
  ]);
  const online = people.people.filter((p) => p.active && p.capacity > 0 && p.status === "online");
  const missing = channels.channels.filter((c) => c.health && !c.on);
  const failed = channels.channels.filter((c) => c.failures.length > 0);
  const unwell = providers.providers.filter((p) => p.state !== "closed");
  const all: Waiting[] = [
    { what: "nobody", count: online.length === 0 ? 1 : 0, names: "", path: "/people" },
    { what: "dead", count: streams.dead.length, names: "", path: "/channels?tab=streams" },
    { what: "failed", count: failed.length, names: failed.map((c) => c.name).join(" "), path: "/channels" },
    { what: "off", count: missing.length, names: missing.map((c) => c.name).join(" "), path: "/channels" },
    {
      what: "providers",
      count: unwell.length,
      names: unwell.map((p) => p.model).join(" "),
      path: "/settings",
    },
    {
      what: "gaps",
      count: gaps.gaps.filter((g) => !g.article).length,
      names: "",
      path: "/knowledge?tab=gaps",
    },
  ];
  return all.filter((w) => w.count > 0);
}
