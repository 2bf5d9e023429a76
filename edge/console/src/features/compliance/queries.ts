// What compliance's page asks the API, and the draft that is being written.
import { useMutation, useQuery } from "@tanstack/react-query";
import { ApiError, api, take } from "../../api/client";
import { queryClient } from "../../api/queries";
import type { Answer, Request } from "../../api/types";

export type RuleSet = Answer<"/api/v1/policies">["sets"][number];
export type Draft = Answer<"/api/v1/policies/draft">;
export type Cell = Answer<"/api/v1/policies/table">["cells"][number];
export type Table = Answer<"/api/v1/policies/table">;
export type Action = Cell["action"];
export type Files = Record<string, string>; // that differ from the set in force

const draftKey = ["policies", "draft"];

export function useSets() {
  return useQuery({
    queryKey: ["policies", "sets"],
    queryFn: async () => (await take(api.GET("/api/v1/policies"))).sets,
  });
}

/** The person's draft; null while there is none. */
export function useDraft() {
  return useQuery({
    queryKey: draftKey,
    queryFn: () =>
      take(api.GET("/api/v1/policies/draft")).catch((err: unknown): Draft | null => {
        if (err instanceof ApiError && err.status === 404) return null;
        throw err;
      }),
  });
}

/** Keeps the draft; one that changes nothing is forgotten. */
export function useKeepDraft() {
  return useMutation({
    mutationFn: async ({ base, files }: { base: string; files: Files }): Promise<Draft | null> => {
      if (Object.keys(files).length > 0)
        return take(
          api.PUT("/api/v1/policies/draft", { body: { base, files, at: new Date().toISOString() } }),
        );
      await api.DELETE("/api/v1/policies/draft");
      return null;
    },
    onSuccess: (draft) => queryClient.setQueryData(draftKey, draft),
  });
}

/** Who sees what, by the rules in force and the files that differ from them. */
export function useTable(files: Files) {
  return useQuery({
    queryKey: ["policies", "table", files],
    queryFn: () => take(api.POST("/api/v1/policies/table", { body: { files } })),
    placeholderData: (before) => before,
  });
}

/** The same for those who only read. */
export function useTableInForce(enabled: boolean) {
  return useQuery({
    enabled,
    queryKey: ["policies", "table"],
    queryFn: () => take(api.GET("/api/v1/policies/table")),
  });
}

export function editTable(body: Request<"/api/v1/policies/table">) {
  return take(api.POST("/api/v1/policies/table", { body }));
}

/** What keeps the draft from being published. */
export function useMistakes(files: Files, enabled: boolean) {
  return useQuery({
    enabled,
    queryKey: ["policies", "check", files],
    queryFn: async () => (await take(api.POST("/api/v1/policies/check", { body: { files } }))).mistakes,
  });
}

export function runTests(files: Files) {
  return take(api.POST("/api/v1/policies/test", { body: { files } }));
}

export function replay(files: Files, days: number) {
  return take(api.POST("/api/v1/policies/replay", { body: { files, days } }));
}

export function publish(body: Request<"/api/v1/policies/publish">) {
  return take(api.POST("/api/v1/policies/publish", { body }));
}

export function rollBack(revision: string, note: string) {
  return take(api.POST("/api/v1/policies/rollback", { body: { revision, note } }));
}

/** Reads everything about the rules again after they changed. */
export function refresh() {
  return queryClient.invalidateQueries({ queryKey: ["policies"] });
}
