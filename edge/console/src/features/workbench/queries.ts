// What the workbench asks the API, and how answers change with what is told live.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api, take } from "../../api/client";
import { queryClient } from "../../api/queries";
import { useLive } from "../../live/live";
import { useMe } from "../../shell/session";
import { News } from "./fresh";
import type { Opened, Row } from "./model";
import { asked, placed, type View } from "./rows";
import { before, heard, pageSize, type Told } from "./thread";

const key = {
  rows: ["conversations"],
  view: (view: View) => ["conversations", view],
  counts: ["conversation-counts"],
  one: (id: string) => ["conversation", id],
  thread: (id: string) => ["thread", id],
  customer: (id: string) => ["customer", id],
  deliveries: (id: string) => ["deliveries", id],
  suggestion: (id: string) => ["suggestion", id],
  canned: ["canned"],
};

// Live news reach the workbench only while it is open: what it shows is read when it is opened, however fresh it seems.
const live = { staleTime: 0 };

const path = (id: string) => ({ path: { id } });

const news = new News();

export function useRows(view: View) {
  const me = useMe().id;
  return useQuery({
    ...live,
    queryKey: key.view(view),
    queryFn: async ({ signal }) => {
      const began = news.mark();
      const answer = await take(api.GET("/api/v1/conversations", { params: { query: asked(view) }, signal }));
      return { ...answer, conversations: placed(answer.conversations, news.rowsSince(began), view, me) };
    },
    select: (answer) => answer.conversations,
    placeholderData: (older, query) =>
      (query?.queryKey[1] as View | undefined)?.tab === view.tab ? older : undefined,
  });
}

export function useCounts() {
  return useQuery({ queryKey: key.counts, queryFn: () => take(api.GET("/api/v1/conversations/counts")) });
}

export function useConversation(id: string) {
  return useQuery({
    ...live,
    queryKey: key.one(id),
    queryFn: async () => {
      const began = news.mark();
      const answer = await take(api.GET("/api/v1/conversations/{id}", { params: path(id) }));
      return news.rowsSince(began).reduce(withRow, answer);
    },
  });
}

export function useThread(id: string) {
  return useInfiniteQuery({
    ...live,
    queryKey: key.thread(id),
    initialPageParam: 0,
    queryFn: async ({ pageParam }) => {
      const began = news.mark();
      const query = { limit: String(pageSize), ...(pageParam > 0 && { before: String(pageParam) }) };
      const page: Told = await take(
        api.GET("/api/v1/conversations/{id}/messages", { params: { ...path(id), query } }),
      );
      return pageParam > 0 ? page : news.onto(page, id, began);
    },
    getNextPageParam: (last: Told) => before(last),
  });
}

export function useCustomer(id: string) {
  return useQuery({
    ...live,
    queryKey: key.customer(id),
    queryFn: () => take(api.GET("/api/v1/conversations/{id}/customer", { params: path(id) })),
  });
}

const settling = ["pending", "sent", "uncertain"];
const settlingFor = 600_000; // ms after which an outside network is no longer asked about
const askEvery = 3_000;

/** What became of the messages that went to an outside network. It is asked again until all has settled. */
export function useDeliveries(id: string) {
  return useQuery({
    ...live,
    queryKey: key.deliveries(id),
    queryFn: () => take(api.GET("/api/v1/conversations/{id}/deliveries", { params: path(id) })),
    select: (answer) => answer.deliveries,
    refetchInterval: ({ state }) => {
      const since = Date.now() - settlingFor;
      const open = state.data?.deliveries.some(
        (d) => (settling.includes(d.state) || d.retry) && Date.parse(d.at) > since,
      );
      return open ? askEvery : false;
    },
  });
}

/** What the AI would answer to what the customer said last, at the place `seq`. */
export function useSuggestion(id: string, seq: number, another: number, enabled: boolean) {
  return useQuery({
    queryKey: [...key.suggestion(id), seq, another],
    queryFn: () => {
      const query = another > 0 ? { another: String(another) } : {};
      return take(api.GET("/api/v1/conversations/{id}/suggestion", { params: { ...path(id), query } }));
    },
    enabled,
    staleTime: Number.POSITIVE_INFINITY, // the customer's next words ask anew
  });
}

export function useCanned() {
  return useQuery({
    queryKey: key.canned,
    queryFn: () => take(api.GET("/api/v1/canned")),
    staleTime: 300_000,
  });
}

export const refreshCanned = () => queryClient.invalidateQueries({ queryKey: key.canned });
export const refreshCustomer = (id: string) => queryClient.invalidateQueries({ queryKey: key.customer(id) });

/** Puts something that was said into a thread that is known. */
function hear(id: string, told: Partial<Told>) {
  news.said(id, told);
  queryClient.setQueryData<{ pages: Told[]; pageParams: number[] }>(key.thread(id), (known) => {
    if (!known) return known;
    const pages = heard(known.pages, told);
    return pages === known.pages ? known : { ...known, pages };
  });
}

function place(changed: Row[], me: string) {
  for (const query of queryClient.getQueryCache().findAll({ queryKey: key.rows })) {
    const view = query.queryKey[1] as View;
    queryClient.setQueryData<{ conversations: Row[] }>(
      query.queryKey,
      (known) => known && { ...known, conversations: placed(known.conversations, changed, view, me) },
    );
  }
  for (const row of changed)
    queryClient.setQueryData<Opened>(key.one(row.id), (known) => known && withRow(known, row));
}

/** What is known of a conversation, with a row that was told; another one's, or an older one, changes nothing. */
function withRow(known: Opened, row: Row): Opened {
  const { conversation } = known;
  if (row.id !== conversation.id || row.version < conversation.version) return known;
  return { ...known, conversation: { ...row, quota: row.quota ?? conversation.quota } };
}

// Rows that change together are drawn together. What stands beside them follows a little later, and once.
const rowsWait = 40; // ms
const restWait = 800;

/** Keeps everything that is known up to date. */
export function useLiveWorkbench() {
  const me = useMe().id;
  const changed = useRef(new Map<string, Row>());
  const rows = useRef<ReturnType<typeof setTimeout>>(undefined);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stale = useRef(new Set<string>());
  const later = (ids: string[]) => {
    for (const id of ids) stale.current.add(id);
    rest.current ??= setTimeout(() => {
      rest.current = undefined;
      void queryClient.invalidateQueries({ queryKey: key.counts });
      for (const id of stale.current) {
        void refreshCustomer(id);
        void queryClient.invalidateQueries({ queryKey: key.deliveries(id) });
        // What a network still lets us say stands in no row that is told.
        if (queryClient.getQueryData<Opened>(key.one(id))?.conversation.quota)
          void queryClient.invalidateQueries({ queryKey: key.one(id) });
      }
      stale.current.clear();
    }, restWait);
  };
  useEffect(
    () => () => {
      clearTimeout(rows.current);
      clearTimeout(rest.current);
    },
    [],
  );
  useLive("message", ({ conversation, message }) => hear(conversation, { messages: [message] }));
  useLive("notice", ({ conversation, notice }) => hear(conversation, { notices: [notice] }));
  useLive("queue", () => later([]));
  useLive("conversation", ({ conversation }) => {
    news.row(conversation);
    changed.current.set(conversation.id, conversation);
    rows.current ??= setTimeout(() => {
      const all = [...changed.current.values()];
      rows.current = undefined;
      changed.current.clear();
      place(all, me);
      later(all.map((row) => row.id));
    }, rowsWait);
  });
}
