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

const key = { figures: ["cockpit"] };

/** The figures of a view, or of as long a time before it, kept up with what happens. */
export function useFigures(view: View, before = 0) {
  useLive("metrics", () => void queryClient.invalidateQueries({ queryKey: key.figures }));
  return useQuery({
    queryKey: [...key.figures, view, before],
    queryFn: ({ signal }) => {
      const query = asked(view, Date.now(), before);
      return take(api.GET("/api/v1/cockpit", { params: { query }, signal }));
    },
    staleTime: 0,
    refetchInterval: quiet,
    placeholderData: keepPreviousData,
  });
}

/** A metric's line, as pairs of a time in ms and a value. */
export function points(series: Metric["series"]): [number, number][] {
  return series.filter(
    (p): p is [number, number] => Array.isArray(p) && typeof p[0] === "number" && typeof p[1] === "number",
  );
}
