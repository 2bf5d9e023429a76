// What compliance's page asks the API, and the draft that is being written.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ApiError, api, take } from "../../api/client";
import { queryClient } from "../../api/queries";
import type { Answer, Request } from "../../api/types";
import type { Work } from "./drafting";

export type Known = Answer<"/api/v1/policies">; // the versions, the one in force first and whole, and who wrote them
export type RuleSet = Known["sets"][number];
export type Draft = Answer<"/api/v1/policies/draft">;
export type Cell = Answer<"/api/v1/policies/table">["cells"][number];
export type Table = Answer<"/api/v1/policies/table">;
export type Action = Cell["action"];
export type Mistake = Answer<"/api/v1/policies/check", "post">["mistakes"][number];
export type Trial = Answer<"/api/v1/policies/test", "post">;
export type Tested = Trial["tests"][number];
export type Replayed = Answer<"/api/v1/policies/replay", "post">;
export type Change = Replayed["changes"][number];
export type Files = Record<string, string>; // that differ from the set in force

const draftKey = ["policies", "draft"];

export function useSets() {
  return useQuery({
    queryKey: ["policies", "sets"],
    queryFn: () => take(api.GET("/api/v1/policies", { params: { query: { brief: "true" } } })),
  });
}

/** The files of a version, which never change. */
export function useVersion(revision: string | undefined) {
  return useQuery({
    enabled: revision !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryKey: ["policies", "version", revision],
    queryFn: async () =>
      (await take(api.GET("/api/v1/policies/{revision}", { params: { path: { revision: revision ?? "" } } })))
        .files,
  });
}

/** The person's draft; null while there is none. */
export function useDraft() {
  return useQuery({
    queryKey: draftKey,
    staleTime: Number.POSITIVE_INFINITY, // what is written on here is newer than what was read
    queryFn: () =>
      take(api.GET("/api/v1/policies/draft")).catch((err: unknown): Draft | null => {
        if (err instanceof ApiError && err.status === 404) return null;
        throw err;
      }),
  });
}

/** Keeps the draft; tells when. */
export async function keepDraft({ base, files }: Work): Promise<string> {
  const at = new Date().toISOString(); // the server puts its own time in its place
  const kept = await take(api.PUT("/api/v1/policies/draft", { body: { base, files, at } }));
  queryClient.setQueryData<Draft | null>(draftKey, kept);
  return kept.at;
}

export async function dropDraft() {
  await api.DELETE("/api/v1/policies/draft");
  queryClient.setQueryData<Draft | null>(draftKey, null);
}

/** Who sees what, by the rules in force and the files that differ from them. */
export function useTable(files: Files) {
  return useQuery({
    queryKey: ["policies", "table", files],
    queryFn: () => take(api.POST("/api/v1/policies/table", { body: { files } })),
    placeholderData: keepPreviousData,
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
    placeholderData: keepPreviousData,
    queryFn: async () => (await take(api.POST("/api/v1/policies/check", { body: { files } }))).mistakes,
  });
}

export function runTests(files: Files) {
  return take(api.POST("/api/v1/policies/test", { body: { files } }));
}

export function replay(files: Files, days: number) {
  return take(api.POST("/api/v1/policies/replay", { body: { files, days } }));
}

export async function publish(body: Request<"/api/v1/policies/publish">) {
  await api.POST("/api/v1/policies/publish", { body });
  queryClient.setQueryData<Draft | null>(draftKey, null);
}

export function rollBack(revision: string, note: string) {
  return take(api.POST("/api/v1/policies/rollback", { body: { revision, note } }));
}

/** Reads everything about the rules again after they changed. */
export function refresh() {
  return queryClient.invalidateQueries({ queryKey: ["policies"] });
}
