// What the cockpit asks the API, and when it asks again.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, take } from "../../api/client";
import { queryClient } from "../../api/queries";
import type { Answer } from "../../api/types";
import { useLive } from "../../live/live";
import { asked, type View } from "./view";

export type Figures = Answer<"/api/v1/cockpit">;
export type Metric = Figures["metrics"][number];

const quiet = 15_000; // ms between two looks while nothing is told: a range that ends now moves on

const slow = 60_000; // ms between two looks at what is past

const key = {
  now: ["cockpit"],
  before: (view: View) => ["cockpit-before", view],
};

function ask(view: View, back: number, signal: AbortSignal): Promise<Figures> {
  return take(api.GET("/api/v1/cockpit", { params: { query: asked(view, Date.now(), back) }, signal }));
}

/** The figures of a view, kept up with what happens. */
export function useFigures(view: View) {
  useLive("metrics", () => void queryClient.invalidateQueries({ queryKey: key.now }));
  return useQuery({
    queryKey: [...key.now, view],
    queryFn: ({ signal }) => ask(view, 0, signal),
    staleTime: 0,
    refetchInterval: quiet,
    placeholderData: keepPreviousData,
  });
}

/** The figures of as long a time before a view. */
export function useBefore(view: View) {
  return useQuery({
    queryKey: key.before(view),
    queryFn: ({ signal }) => ask(view, 1, signal),
    refetchInterval: slow,
  });
}

/** A metric's line, as pairs of a time in ms and a value. */
export function points(series: Metric["series"]): [number, number][] {
  return series.filter(
    (p): p is [number, number] => Array.isArray(p) && typeof p[0] === "number" && typeof p[1] === "number",
  );
}
