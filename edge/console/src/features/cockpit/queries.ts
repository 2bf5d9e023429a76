// What the cockpit asks the API, and when it asks again.
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { api, take } from "../../api/client";
import { queryClient } from "../../api/queries";
import type { Answer } from "../../api/types";
import { useLive } from "../../live/live";
import { asked, type View } from "./view";

export type Figures = Answer<"/api/v1/cockpit">;
export type Metric = Figures["metrics"][number];
export type Target = Answer<"/api/v1/cockpit/targets">["targets"][number];
export type Alarm = Answer<"/api/v1/cockpit/alarms">["alarms"][number];
export type Part = Answer<"/api/v1/cockpit/{key}">["parts"][number];

/** What a metric can be split by. */
export type By = "channel" | "intent" | "team" | "agent";

const quiet = 15_000; // ms between two looks while nothing is told: a range that ends now moves on
const slow = 60_000; // ms between two looks at what is past

const key = {
  figures: ["cockpit"],
  before: (metric: string, view: View) => ["cockpit-before", metric, view],
  parts: (metric: string, by: By | "", view: View) => ["cockpit-parts", metric, by, view],
  targets: ["cockpit-targets"],
  alarms: ["cockpit-alarms"],
};

/** The figures of a view beside those before it, kept up with what happens. */
export function useFigures(view: View) {
  useLive("metrics", () => void queryClient.invalidateQueries({ queryKey: key.figures }));
  return useQuery({
    queryKey: [...key.figures, view],
    queryFn: ({ signal }) => {
      const query = { ...asked(view, Date.now()), compare: "previous" };
      return take(api.GET("/api/v1/cockpit", { params: { query }, signal }));
    },
    staleTime: 0,
    refetchInterval: quiet,
    placeholderData: keepPreviousData,
  });
}

/** The line of a metric over as long a time before a view. */
export function useBefore(metric: string, view: View, enabled = true) {
  return useQuery({
    queryKey: key.before(metric, view),
    queryFn: ({ signal }) => {
      const params = { path: { key: metric }, query: asked(view, Date.now(), 1) };
      return take(api.GET("/api/v1/cockpit/{key}", { params, signal }));
    },
    select: (answer) => answer.metric.series,
    refetchInterval: slow,
    enabled,
  });
}

/** The parts of a metric. */
export function useParts(metric: string, by: By | "", view: View) {
  return useQuery({
    queryKey: key.parts(metric, by, view),
    queryFn: ({ signal }) => {
      const params = { path: { key: metric }, query: { ...asked(view, Date.now()), split: by } };
      return take(api.GET("/api/v1/cockpit/{key}", { params, signal }));
    },
    select: (answer) => answer.parts,
    refetchInterval: quiet,
    enabled: by !== "",
  });
}

/** The figures of a view as a table for a spreadsheet. */
export function sheetOf(view: View): Promise<string> {
  const query = { ...asked(view, Date.now()), compare: "previous" };
  return take(api.GET("/api/v1/cockpit.csv", { params: { query }, parseAs: "text" }));
}

export function useTargets() {
  return useQuery({
    queryKey: key.targets,
    queryFn: () => take(api.GET("/api/v1/cockpit/targets")),
    select: (answer) => answer.targets,
  });
}

/** The alarms that there were, the latest first. */
export function useAlarms() {
  return useQuery({
    queryKey: key.alarms,
    queryFn: () => take(api.GET("/api/v1/cockpit/alarms", { params: { query: { limit: "200" } } })),
    select: (answer) => answer.alarms,
    refetchInterval: quiet,
  });
}

/** Sets what one metric should reach and what raises its alarm; those of the others stay. */
export function useSetTarget() {
  return useMutation({
    mutationFn: async (target: Target) => {
      const { targets } = await take(api.GET("/api/v1/cockpit/targets"));
      const body = { targets: [...targets.filter((t) => t.key !== target.key), target] };
      return take(api.PUT("/api/v1/cockpit/targets", { body }));
    },
    onSuccess: (answer) => {
      queryClient.setQueryData(key.targets, answer);
      void queryClient.invalidateQueries({ queryKey: key.alarms });
      return queryClient.invalidateQueries({ queryKey: key.figures });
    },
  });
}
