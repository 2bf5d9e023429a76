// The trail of everything that was done: filtered, opened, checked and taken home.
import { DownloadOutlined, ReloadOutlined, SafetyCertificateOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Flex, Grid } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { download } from "../../charts";
import { count, moment } from "../../shell/format";
import { Page } from "../../shell/Page";
import { Failed, Loading, Nothing } from "../../shell/states";
import { WideTable } from "../../shell/WideTable";
import styles from "./audit.module.css";
import { Chain } from "./Chain";
import { EntryDrawer } from "./EntryDrawer";
import { Filters } from "./Filters";
import { type Names, useNames } from "./names";
import { type Asked, type Entry, exportOf, readAgain, useCheck, useTrail, useWhatThereIs } from "./queries";

const fields = ["actor", "action", "object", "from", "to"] as const;

export function AuditPage() {
  const { t } = useTranslation("audit");
  const [params, setParams] = useSearchParams();
  const asked = Object.fromEntries(fields.map((name) => [name, params.get(name) ?? ""])) as Record<
    keyof Asked,
    string
  >;
  const filtered = fields.some((name) => asked[name] !== "");
  const change = (next: Partial<Asked>) =>
    setParams(
      Object.entries({ ...asked, ...next }).filter(([, value]) => value !== ""),
      { replace: true },
    );
  const known = useWhatThereIs();
  const check = useCheck();
  const taken = useMutation({
    mutationFn: () => exportOf(asked),
    onSuccess: (csv) => download(`audit-${moment(Date.now()).slice(0, 10)}.csv`, csv),
  });
  return (
    <Page
      title={t("title")}
      intro={t("intro")}
      extra={
        <>
          <Button icon={<ReloadOutlined />} onClick={() => void readAgain()}>
            {t("again")}
          </Button>
          <Button
            icon={<SafetyCertificateOutlined />}
            loading={check.isPending}
            onClick={() => check.mutate()}
          >
            {t("verify")}
          </Button>
          <Button icon={<DownloadOutlined />} loading={taken.isPending} onClick={() => taken.mutate()}>
            {t("download")}
          </Button>
        </>
      }
    >
      <Flex vertical gap="middle">
        <Chain state={known.data} checked={check.data} />
        <Filters asked={asked} state={known.data} change={change} />
        <Trail asked={asked} clear={filtered ? () => setParams({}, { replace: true }) : undefined} />
      </Flex>
    </Page>
  );
}

function Trail({ asked, clear }: { asked: Asked; clear?: () => void }) {
  const { t } = useTranslation("audit");
  const trail = useTrail(asked);
  const [opened, setOpened] = useState<Entry>();
  const narrow = Grid.useBreakpoint().md === false;
  const pages = trail.data?.pages;
  const names = useNames(pages?.[0]?.people ?? {});
  if (!pages)
    return trail.error ? <Failed error={trail.error} retry={() => void trail.refetch()} /> : <Loading />;
  const entries = pages.flatMap((page) => page.entries);
  if (entries.length === 0)
    return <Nothing text={t("none")}>{clear && <Button onClick={clear}>{t("clear")}</Button>}</Nothing>;
  const List = narrow ? Cards : Rows;
  return (
    <>
      <List entries={entries} names={names} open={setOpened} />
      <Flex justify="center">
        {trail.hasNextPage ? (
          <Button loading={trail.isFetchingNextPage} onClick={() => void trail.fetchNextPage()}>
            {t("more")}
          </Button>
        ) : (
          <span>{t("end", { n: count(entries.length) })}</span>
        )}
      </Flex>
      <EntryDrawer entry={opened} names={names} close={() => setOpened(undefined)} />
    </>
  );
}

interface ListProps {
  entries: Entry[];
  names: Names;
  open: (entry: Entry) => void;
}

function Rows({ entries, names, open }: ListProps) {
  const { t } = useTranslation("audit");
  return (
    <WideTable<Entry>
      label={t("title")}
      least={860}
      size="small"
      rowKey="seq"
      pagination={false}
      dataSource={entries}
      columns={[
        { title: t("seq"), dataIndex: "seq", width: 80, render: (seq: number) => count(seq) },
        { title: t("at"), dataIndex: "at", width: 165, render: moment },
        { title: t("actor"), width: 150, render: (_, e) => names.who(e.actor) },
        { title: t("action"), width: 180, render: (_, e) => names.action(e.action) },
        { title: t("object"), width: 220, ellipsis: true, render: (_, e) => names.object(e.object ?? "") },
        { title: t("reason"), ellipsis: true, render: (_, e) => e.reason || "–" },
        {
          title: t("details"),
          width: 80,
          render: (_, e) => (
            <Button type="link" size="small" aria-label={t("open", { seq: e.seq })} onClick={() => open(e)}>
              {t("look")}
            </Button>
          ),
        },
      ]}
    />
  );
}

/** The same for a narrow screen: each entry is a button that opens it. */
function Cards({ entries, names, open }: ListProps) {
  const { t } = useTranslation("audit");
  return (
    <ul className={styles.entries} aria-label={t("title")}>
      {entries.map((e) => (
        <li key={e.seq}>
          <button type="button" className={styles.entry} onClick={() => open(e)}>
            <strong>{names.action(e.action)}</strong>
            <span>{names.who(e.actor)}</span>
            <span>{names.object(e.object ?? "")}</span>
            <small>{moment(e.at)}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}
