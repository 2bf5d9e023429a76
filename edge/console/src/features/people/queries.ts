// What the people's pages ask the API.
import { useQuery } from "@tanstack/react-query";
import { api, take } from "../../api/client";
import { queryClient } from "../../api/queries";
import type { Answer, Request } from "../../api/types";

export type Person = Answer<"/api/v1/people">["people"][number];
export type Team = Answer<"/api/v1/teams">["teams"][number];
export type Company = Answer<"/api/v1/teams">["company"];
export type Hours = NonNullable<Request<"/api/v1/teams">["hours"]>;

export const roleNames = ["admin", "agent", "marketing", "compliance", "executive"] as const;

export function usePeople() {
  return useQuery({ queryKey: ["people"], queryFn: () => take(api.GET("/api/v1/people")) });
}

export function useTeams() {
  return useQuery({ queryKey: ["teams"], queryFn: () => take(api.GET("/api/v1/teams")) });
}

export function useRoles() {
  return useQuery({ queryKey: ["roles"], queryFn: () => take(api.GET("/api/v1/roles")) });
}

/** Reads people and teams again after a change. */
export function refresh() {
  return Promise.all([
    queryClient.invalidateQueries({ queryKey: ["people"] }),
    queryClient.invalidateQueries({ queryKey: ["teams"] }),
  ]);
}
