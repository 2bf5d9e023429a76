// A metric split by where it comes from: a question for each part, asked together.
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { useMay } from "../../shell/session";
import type { Line } from "./chart";
import { points } from "./queries";
import { asked, channels, type View } from "./view";

/** What a metric can be split by. */
export type By = "channel" | "intent" | "agent";

const intents = ["answer", "order", "logistics", "refund", "complaint", "guide", "handoff", "smalltalk"];

const rest = 15_000; // ms between two looks

/** What the present person may split by. */
export function useWays(): By[] {
  return useMay("people") ? ["channel", "intent", "agent"] : ["channel", "intent"];
}

/** The lines of a metric's parts, without those that have nothing to say; none when it is not split. */
export function useSplit(view: View, metric: string, by: By | ""): Line[] {
  const parts = useParts(view, by);
  return useQueries({
    queries: parts.map((part) => ({
      queryKey: ["cockpit-split", view, by, part.value],
      queryFn: ({ signal }: { signal: AbortSignal }) => {
        const query = { ...asked(view, Date.now()), ...(by && { [by]: part.value }) };
        return take(api.GET("/api/v1/cockpit", { params: { query }, signal }));
      },
      refetchInterval: rest,
      placeholderData: keepPreviousData,
    })),
    combine: (answers) =>
      answers.flatMap(({ data }, i) => {
        const found = data?.metrics.find((m) => m.key === metric);
        const name = parts[i]?.name ?? "";
        return found?.value ? [{ name, points: points(found.series) }] : [];
      }),
  });
}

function useParts(view: View, by: By | ""): { value: string; name: string }[] {
  const { t } = useTranslation("cockpit");
  const staff = useQuery({
    queryKey: ["staff"],
    queryFn: () => take(api.GET("/api/v1/staff")),
    enabled: by === "agent",
  });
  switch (by) {
    case "channel":
      return (view.channel ? [view.channel] : channels).map((value) => ({
        value,
        name: t(`channel.${value}`),
      }));
    case "intent":
      return intents.map((value) => ({ value, name: t(`intent.${value}`) }));
    case "agent":
      return (staff.data?.staff ?? []).map(({ id, name }) => ({ value: id, name }));
    default:
      return [];
  }
}
