// What the trail's page asks the API.
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { api, take } from "../../api/client";
import { queryClient } from "../../api/queries";
import type { Answer } from "../../api/types";

export type Page = Answer<"/api/v1/audit">;
export type Entry = Page["entries"][number];
export type State = Answer<"/api/v1/audit/state">;
export type Checked = Answer<"/api/v1/audit/verify">;

/** Which entries are asked for; empty fields ask for all. Times are ISO 8601. */
export interface Asked {
  actor: string;
  action: string;
  object: string;
  from: string;
  to: string;
}

const size = "100";

/** The trail, page by page. It is read again only when somebody asks for it: every reading is in the trail. */
export function useTrail(asked: Asked) {
  return useInfiniteQuery({
    queryKey: ["audit", "trail", asked],
    queryFn: ({ pageParam }) =>
      take(
        api.GET("/api/v1/audit", {
          params: { query: { ...asked, limit: size, before: pageParam ? String(pageParam) : "" } },
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}

/** What there is in the trail, and how far it was checked. */
export function useWhatThereIs() {
  return useQuery({
    queryKey: ["audit", "state"],
    queryFn: () => take(api.GET("/api/v1/audit/state")),
  });
}

/** Checks the chain from its beginning. */
export function useCheck() {
  return useMutation({
    mutationFn: () => take(api.GET("/api/v1/audit/verify")),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["audit", "state"] }),
  });
}

/** All entries that are asked for, as CSV. */
export function exportOf(asked: Asked): Promise<string> {
  return take(api.GET("/api/v1/audit/export", { params: { query: asked }, parseAs: "text" })).then(
    (csv) => csv ?? "",
  );
}

/** Reads the trail anew. */
export function readAgain() {
  return queryClient.invalidateQueries({ queryKey: ["audit"] });
}
