// What the channels' page asks the API.
import { useQuery } from "@tanstack/react-query";
import { api, take } from "../../api/client";
import type { Answer } from "../../api/types";

export type Channel = Answer<"/api/v1/channels">["channels"][number];
export type Letter = Answer<"/api/v1/streams">["dead"][number];

const fresh = { refetchInterval: 10_000 };

export function useChannels() {
  return useQuery({ ...fresh, queryKey: ["channels"], queryFn: () => take(api.GET("/api/v1/channels")) });
}

export function useStreams() {
  return useQuery({ ...fresh, queryKey: ["streams"], queryFn: () => take(api.GET("/api/v1/streams")) });
}
