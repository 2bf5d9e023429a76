// The list of conversations: tabs, filters, and as many rows as fit on the screen.
import { FilterOutlined, QuestionOutlined, SearchOutlined } from "@ant-design/icons";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Button, Flex, Input, type InputRef, Segmented, Select, Skeleton, Switch } from "antd";
import { type Ref, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePeople } from "../../live/live";
import { useStatus } from "../../shell/Person";
import { useMay, useMe } from "../../shell/session";
import { Failed, Nothing } from "../../shell/states";
import styles from "./bench.module.css";
import { ListRow } from "./ListRow";
import { useChannelName } from "./marks";
import marks from "./marks.module.css";
import type { Row } from "./model";
import { useCounts, type useRows } from "./queries";
import { mostRows, narrowed, type Tab, tabs, type View } from "./rows";

const rowHeight = 64;
const channels = ["web", "app", "douyin", "wechat", "miniprogram", "wecom", "email"];

interface Props {
  view: View;
  show: (change: Partial<View>) => void;
  rows: ReturnType<typeof useRows>;
  open: string | undefined;
  search: string;
  searchRef: Ref<InputRef>;
  next: () => void; // take the next of the queue
  help: () => void; // opens the page of shortcuts
  taking: boolean;
}

export function List(props: Props) {
  const { t } = useTranslation("workbench");
  const { view, show, rows, open, search, next, taking } = props;
  const writes = useMay("conversations", "write");
  const most = view.tab === "closed" ? mostRows.closed : mostRows.open;
  return (
    <section className={styles.list} aria-label={t("list")}>
      <Flex vertical gap={8} className={styles.listHead}>
        <Tabs view={view} show={show} />
        <Filters {...props} />
        <Away />
        {writes && view.tab === "queue" && (
          <Button type="primary" block onClick={next} loading={taking} aria-keyshortcuts="n">
            {t("next")}
          </Button>
        )}
      </Flex>
      {rows.data ? (
        <Rows key={view.tab} rows={rows.data} open={open} search={search} view={view} />
      ) : rows.error ? (
        <Failed error={rows.error} retry={() => void rows.refetch()} />
      ) : (
        <div className={styles.waiting} role="status" aria-label={t("shell:loading")}>
          {tabs.map((tab) => (
            <Skeleton key={tab} avatar active title={false} paragraph={{ rows: 2 }} />
          ))}
        </div>
      )}
      {rows.data && rows.data.length >= most && <p className={styles.more}>{t("more", { count: most })}</p>}
    </section>
  );
}

/** Whoever is not online is given nobody, and may have forgotten it. */
function Away() {
  const { t } = useTranslation("workbench");
  const me = useMe();
  const change = useStatus();
  const writes = useMay("conversations", "write");
  if (!writes || me.capacity === 0 || me.status === "online") return null;
  return (
    <Flex gap={8} align="center" justify="space-between" className={styles.away} role="status">
      {t("not_online")}
      <Button size="small" loading={change.isPending} onClick={() => change.mutate("online")}>
        {t("go_online")}
      </Button>
    </Flex>
  );
}

function Tabs({ view, show }: Pick<Props, "view" | "show">) {
  const { t } = useTranslation("workbench");
  const counts = useCounts().data;
  const number: Record<Tab, number | undefined> = {
    mine: counts?.mine,
    queue: counts?.queued,
    open: counts?.open,
    closed: undefined, // grows for ever, and tells nobody anything
  };
  return (
    <Segmented<Tab>
      block
      aria-label={t("tabs")}
      value={view.tab}
      onChange={(tab) => show({ tab })}
      options={tabs.map((tab) => ({
        value: tab,
        label: (
          <span>
            {t(`tab.${tab}`)}{" "}
            {number[tab] !== undefined && <span className={marks.number}>{number[tab]}</span>}
          </span>
        ),
      }))}
    />
  );
}

function Filters({ view, show, searchRef, help }: Props) {
  const { t } = useTranslation("workbench");
  const filtered = narrowed({ ...view, words: "" });
  const [more, setMore] = useState(filtered);
  const [words, setWords] = useState(view.words);
  const latest = useRef(show);
  useEffect(() => {
    latest.current = show;
  });
  useEffect(() => {
    const wait = setTimeout(() => latest.current({ words: words.trim() }), 250);
    return () => clearTimeout(wait);
  }, [words]);
  return (
    <>
      <Flex gap={8}>
        <Input
          ref={searchRef}
          allowClear
          prefix={<SearchOutlined />}
          placeholder={t("search")}
          aria-label={t("search")}
          value={words}
          maxLength={100}
          onChange={(e) => setWords(e.target.value)}
          onKeyDown={(e) => e.key === "Escape" && e.currentTarget.blur()}
        />
        <Button
          icon={<FilterOutlined />}
          aria-label={t("filters")}
          aria-expanded={more}
          type={filtered ? "primary" : "default"}
          onClick={() => setMore(!more)}
        />
        <Button
          icon={<QuestionOutlined />}
          aria-label={t("shortcuts")}
          title={t("shortcuts")}
          aria-keyshortcuts="?"
          className={styles.help}
          onClick={help}
        />
      </Flex>
      {more && <More view={view} show={show} />}
    </>
  );
}

/** What else the list can be narrowed to. */
function More({ view, show }: Pick<Props, "view" | "show">) {
  const { t } = useTranslation("workbench");
  const named = useChannelName();
  const people = usePeople();
  const held = view.tab === "open" || view.tab === "closed";
  return (
    <Flex gap={8} align="center" wrap justify="space-between">
      <Select
        className={styles.filter}
        aria-label={t("channel_filter")}
        value={view.channel}
        onChange={(channel) => show({ channel })}
        options={[
          { value: "", label: t("all_channels") },
          ...channels.map((c) => ({ value: c, label: named(c) })),
        ]}
      />
      {held && (
        <Select
          className={styles.filter}
          aria-label={t("agent_filter")}
          value={view.agent}
          onChange={(agent) => show({ agent })}
          options={[
            { value: "", label: t("all_agents") },
            ...people
              .filter((p) => p.capacity > 0 || p.load > 0 || p.id === view.agent)
              .map((p) => ({ value: p.id, label: p.name })),
          ]}
        />
      )}
      <Flex gap={6} align="center">
        <Switch size="small" id="unhappy" checked={view.unhappy} onChange={(unhappy) => show({ unhappy })} />
        <label htmlFor="unhappy">{t("unhappy_only")}</label>
      </Flex>
    </Flex>
  );
}

function Rows({
  rows,
  open,
  search,
  view,
}: {
  rows: Row[];
  open: string | undefined;
  search: string;
  view: View;
}) {
  const { t } = useTranslation("workbench");
  const me = useMe();
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: (i) => rows[i]?.id ?? i,
    overscan: 6,
  });
  const at = rows.findIndex((row) => row.id === open);
  const shown = useRef<string>(undefined);
  useEffect(() => {
    // The open conversation is brought into sight once: later the reader scrolls.
    if (at >= 0 && shown.current !== open) {
      shown.current = open;
      virtual.scrollToIndex(at, { align: "auto" });
    }
  }, [at, open, virtual]);
  if (rows.length === 0) {
    return <Nothing text={t(narrowed(view) ? "empty.filtered" : `empty.${view.tab}`)} />;
  }
  return (
    <div ref={box} className={styles.rows}>
      <ul
        className={styles.all}
        aria-label={t("rows", { count: rows.length })}
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <li
                key={item.key}
                className={styles.item}
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                aria-posinset={item.index + 1}
                aria-setsize={rows.length}
              >
                <ListRow row={row} search={search} open={row.id === open} mine={row.agent === me.id} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
