// The workbench: the list, the thread, and who the customer is. On a phone one of them at a time.
import { useMutation } from "@tanstack/react-query";
import { Drawer, Grid, type InputRef } from "antd";
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { api, take } from "../../api/client";
import { useTitle } from "../../shell/Page";
import { useMay } from "../../shell/session";
import { Nothing } from "../../shell/states";
import styles from "./bench.module.css";
import { Conversation } from "./Conversation";
import { useHotkeys } from "./hotkeys";
import { List } from "./List";
import { useCounts, useLiveWorkbench, useRows } from "./queries";
import { neighbour, type Tab, tabs, type View } from "./rows";
import { Side } from "./Side";

const Shortcuts = lazy(() => import("./Shortcuts"));

/** What the list shows stands in the page's address: it survives a reload, and can be passed on. */
function useView(): [View, string, (change: Partial<View>) => void] {
  const [params, setParams] = useSearchParams();
  const first: Tab = useMay("conversations", "write") ? "mine" : "open"; // whoever answers nobody has none
  const view = useMemo<View>(() => {
    const tab = params.get("tab") as Tab | null;
    return {
      tab: tab && tabs.includes(tab) ? tab : first,
      channel: params.get("channel") ?? "",
      unhappy: params.get("unhappy") === "1",
      agent: params.get("agent") ?? "",
      words: params.get("q") ?? "",
    };
  }, [params, first]);
  const show = useCallback(
    (change: Partial<View>) => {
      const { tab, channel, unhappy, agent, words } = { ...view, ...change };
      const next = new URLSearchParams();
      if (tab !== first) next.set("tab", tab);
      if (channel) next.set("channel", channel);
      if (unhappy) next.set("unhappy", "1");
      if (agent) next.set("agent", agent);
      if (words) next.set("q", words);
      if (next.toString() !== params.toString()) setParams(next, { replace: true });
    },
    [view, params, setParams, first],
  );
  const text = params.toString();
  return [view, text ? `?${text}` : "", show];
}

export function Workbench() {
  const { t } = useTranslation("workbench");
  const { id } = useParams();
  const navigate = useNavigate();
  const screens = Grid.useBreakpoint();
  const writes = useMay("conversations", "write");
  const [view, search, show] = useView();
  const [side, setSide] = useState(false);
  const [help, setHelp] = useState(false);
  const searchBox = useRef<InputRef>(null);
  const rows = useRows(view);
  const waiting = useCounts().data?.mine_waiting ?? 0;
  useLiveWorkbench();
  useTitle(waiting > 0 ? `(${waiting}) ${t("title")}` : t("title"));
  const go = (next: string | undefined) => next && navigate(`/inbox/${next}${search}`);
  const next = useMutation({
    mutationFn: () => take(api.POST("/api/v1/queue/next")),
    onSuccess: ({ conversation }) => go(conversation),
  });
  const step = (by: 1 | -1) => go(neighbour(rows.data ?? [], id, by)?.id);
  const tab = (n: number) => () => show({ tab: tabs[n] });
  useHotkeys({
    j: () => step(1),
    k: () => step(-1),
    n: writes ? () => next.mutate() : undefined,
    "/": () => searchBox.current?.focus(),
    "1": tab(0),
    "2": tab(1),
    "3": tab(2),
    "4": tab(3),
    "?": () => setHelp(true),
  });
  const phone = screens.md === false;
  const wide = screens.xl !== false;
  return (
    <div className={styles.bench}>
      {!(phone && id) && (
        <List
          view={view}
          show={show}
          rows={rows}
          open={id}
          search={search}
          searchRef={searchBox}
          help={() => setHelp(true)}
          next={() => next.mutate()}
          taking={next.isPending}
        />
      )}
      {id ? (
        <Conversation
          key={id}
          id={id}
          back={phone ? () => navigate(`/inbox${search}`) : undefined}
          side={wide ? undefined : () => setSide(true)}
        />
      ) : (
        !phone && (
          <section className={styles.thread} aria-label={t("thread")}>
            <Nothing text={t("choose")} />
          </section>
        )
      )}
      {id && wide && (
        <aside className={styles.side} aria-label={t("side")}>
          <Side key={id} id={id} />
        </aside>
      )}
      {id && !wide && (
        <Drawer
          open={side}
          onClose={() => setSide(false)}
          title={t("side")}
          size={phone ? "100%" : 380}
          styles={{ body: { padding: 0 } }}
        >
          <Side key={id} id={id} />
        </Drawer>
      )}
      <Suspense>{help && <Shortcuts close={() => setHelp(false)} />}</Suspense>
    </div>
  );
}
