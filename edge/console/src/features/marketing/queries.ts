// What marketing's pages ask the API.
import { keepPreviousData, skipToken, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { queryClient } from "../../api/queries";
import type { Answer, Request } from "../../api/types";
import { useLive } from "../../live/live";

export type Lead = Answer<"/api/v1/leads">["leads"][number];
export type Known = Answer<"/api/v1/leads/{person}">;
export type Entry = Known["history"][number];
export type Allowance = Known["left"][number];
export type Sending = Answer<"/api/v1/outreach/sends">["sends"][number];
export type Span = NonNullable<Lead["hits"]>[number]["spans"][number];
export type Rule = Answer<"/api/v1/outreach/rules">["rules"][number];
export type RuleDraft = Request<"/api/v1/outreach/rules/test">;
export type Trial = Answer<"/api/v1/outreach/rules/test", "post">;
export type Campaign = Answer<"/api/v1/outreach/campaigns">["campaigns"][number];
export type Results = Answer<"/api/v1/outreach/campaigns/{id}/results">;
export type Funnel = Answer<"/api/v1/outreach/funnel">;

/** The states of a lead, in the order of the funnel. */
export const states = [
  "new",
  "matched",
  "reached",
  "answered",
  "contact_left",
  "qualified",
  "won",
  "lost",
] as const;

/** What leads are wanted; what is left out matches everything. */
export interface Filter {
  state?: string;
  rule?: string;
  campaign?: string;
  owner?: string;
  least?: string;
  q?: string;
  sort?: string;
}

export function useLeads(filter: Filter) {
  return useInfiniteQuery({
    queryKey: ["leads", filter],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const query = { ...filter, limit: "30", ...(pageParam && { cursor: pageParam }) };
      return take(api.GET("/api/v1/leads", { params: { query }, signal }));
    },
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

export function useLead(person: string) {
  return useQuery({
    queryKey: ["lead", person],
    queryFn: () => take(api.GET("/api/v1/leads/{person}", { params: { path: { person } } })),
    staleTime: 0,
  });
}

/** Who may follow up on leads. */
export function useOwners() {
  return useQuery({
    queryKey: ["outreach-owners"],
    queryFn: () => take(api.GET("/api/v1/outreach/owners")),
    staleTime: 60_000,
  });
}

export function useRules() {
  return useQuery({
    queryKey: ["outreach-rules"],
    queryFn: () => take(api.GET("/api/v1/outreach/rules")),
  });
}

export function useCampaigns() {
  return useQuery({
    queryKey: ["outreach-campaigns"],
    queryFn: () => take(api.GET("/api/v1/outreach/campaigns")),
  });
}

export function useResults(id: string) {
  return useQuery({
    queryKey: ["outreach-results", id],
    queryFn: () => take(api.GET("/api/v1/outreach/campaigns/{id}/results", { params: { path: { id } } })),
  });
}

export function useFunnel(query: { from?: string; campaign?: string; rule?: string }) {
  return useQuery({
    queryKey: ["outreach-funnel", query],
    queryFn: () => take(api.GET("/api/v1/outreach/funnel", { params: { query } })),
    placeholderData: keepPreviousData,
  });
}

/** How many sends are shown at most. */
export const mostSends = 200;

export function useSends(query: { state?: string; rule?: string; campaign?: string }) {
  return useQuery({
    queryKey: ["outreach-sends", query],
    queryFn: () =>
      take(api.GET("/api/v1/outreach/sends", { params: { query: { ...query, limit: String(mostSends) } } })),
    placeholderData: keepPreviousData,
  });
}

/** What a rule would have done; asked only with something to look for. */
export function useTrial(draft: RuleDraft | undefined) {
  return useQuery({
    queryKey: ["outreach-trial", draft],
    queryFn: draft
      ? ({ signal }) => take(api.POST("/api/v1/outreach/rules/test", { body: draft, signal }))
      : skipToken,
    placeholderData: keepPreviousData,
  });
}

const read = (...keys: string[]) =>
  Promise.all(keys.map((key) => queryClient.invalidateQueries({ queryKey: [key] })));

/** Reads what depends on rules again. */
export const refreshRules = () => read("outreach-rules", "outreach-trial");

/** Reads the campaigns and how they do again. */
export const refreshCampaigns = () => read("outreach-campaigns", "outreach-results");

/** Reads leads and what they did again. */
export const refreshLeads = () => read("leads", "lead", "outreach-sends", "outreach-funnel");

const pause = 400; // ms: comments come in bursts

/** Keeps the pages up to date while people comment, write and buy. */
export function useLiveLeads() {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLive("lead", () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void refreshLeads();
      void read("outreach-results");
    }, pause);
  });
}

/** The names of rules by their IDs, and rules and campaigns to choose from. */
export function useNames() {
  const { t } = useTranslation("marketing");
  const rules = useRules().data?.rules;
  const campaigns = useCampaigns().data?.campaigns;
  return {
    rule: (id: string) => (rules ? (rules.find((r) => r.id === id)?.name ?? t("rule_gone")) : "…"),
    rules: (rules ?? []).map((r) => ({ value: r.id, label: r.name })),
    campaigns: (campaigns ?? []).map((c) => ({ value: c.id, label: c.name })),
  };
}
