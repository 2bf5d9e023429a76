// What the settings' pages ask the API.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { queryClient } from "../../api/queries";
import type { Answer } from "../../api/types";

export type Key = Answer<"/api/v1/keys">["keys"][number];
export type Provider = Answer<"/api/v1/providers">["providers"][number];

export const roleNames = ["admin", "agent", "marketing", "compliance", "executive"] as const;

export function useKeys() {
  return useQuery({ queryKey: ["keys"], queryFn: () => take(api.GET("/api/v1/keys")) });
}

export const refreshKeys = () => queryClient.invalidateQueries({ queryKey: ["keys"] });

export function useProviders() {
  return useQuery({
    queryKey: ["providers"],
    queryFn: () => take(api.GET("/api/v1/providers")),
    refetchInterval: 10_000,
  });
}

/** The scopes that a role has: what it may read, and what it may write. */
export function useScopes(role: string): string[] {
  const roles = useQuery({ queryKey: ["roles"], queryFn: () => take(api.GET("/api/v1/roles")) });
  const parts = roles.data?.roles.find((r) => r.name === role)?.parts ?? {};
  return Object.entries(parts).flatMap(([part, most]) =>
    most === "write" ? [`${part}.read`, `${part}.write`] : [`${part}.read`],
  );
}

/** Names a scope, such as "conversations.read", in words. */
export function useScopeName(): (scope: string) => string {
  const { t } = useTranslation("settings");
  return (scope) => {
    const [part = "", action = ""] = scope.split(".");
    return t(`scope.${action}`, { part: t(`part.${part}`, { defaultValue: part }) });
  };
}
