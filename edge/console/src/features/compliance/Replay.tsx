// What a draft would have decided about the past days: how much would be different, for whom and where, and each case.
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Flex, Select, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { count, moment } from "../../shell/format";
import { Failed } from "../../shell/states";
import { WideTable } from "../../shell/WideTable";
import { type Change, type Files, type Replayed, replay } from "./queries";

export function Replay({ files }: { files: Files }) {
  const { t } = useTranslation("compliance");
  const [days, setDays] = useState(7);
  const run = useMutation({
    mutationFn: ({ files, days }: { files: Files; days: number }) => replay(files, days),
    meta: { quiet: true },
  });
  const { data } = run;
  const old = run.variables && (run.variables.files !== files || run.variables.days !== days);
  return (
    <Flex vertical gap="middle">
      <Flex wrap gap="small" align="center">
        <Button type="primary" loading={run.isPending} onClick={() => run.mutate({ files, days })}>
          {t("run_replay")}
        </Button>
        <Select
          aria-label={t("days_label")}
          value={days}
          onChange={setDays}
          options={[1, 3, 7].map((n) => ({ value: n, label: t("days", { n }) }))}
        />
        <Typography.Text>{t("replay_intro")}</Typography.Text>
      </Flex>
      {run.error && <Failed error={run.error} />}
      {data && old && <Alert type="info" showIcon title={t("replay_old")} />}
      {data && (
        <>
          <Alert
            showIcon
            type={data.different ? "warning" : "success"}
            title={t("different", { of: count(data.decisions), n: count(data.different) })}
          />
          {data.different > 0 && <Counted replayed={data} />}
          {data.changes.length > 0 && <Changes changes={data.changes} />}
        </>
      )}
    </Flex>
  );
}

/** How many would be different, by what was asked, who asked and where. */
function Counted({ replayed }: { replayed: Replayed }) {
  const { t } = useTranslation("compliance");
  const groups = [
    {
      key: "questions",
      rows: replayed.questions,
      name: (key: string) => t(`about.${key}`, { defaultValue: key }),
    },
    { key: "roles", rows: replayed.roles, name: (key: string) => t(`role.${key}`, { defaultValue: key }) },
    {
      key: "channels",
      rows: replayed.channels,
      name: (key: string) => t(`channel.${key}`, { defaultValue: key }),
    },
  ];
  return (
    <Flex wrap gap="large">
      {groups.map(({ key, rows, name }) => {
        const changed = rows.filter((row) => row.different > 0);
        return (
          <section key={key} aria-label={t(`by.${key}`)} style={{ flex: "1 1 220px" }}>
            <Typography.Title level={2} style={{ fontSize: 14 }}>
              {t(`by.${key}`)}
            </Typography.Title>
            {changed.length === 0 && <Typography.Text>{t("by_none")}</Typography.Text>}
            <ul style={{ margin: 0, paddingInlineStart: 18 }}>
              {changed.slice(0, 12).map((row) => (
                <li key={row.name}>
                  {t("by_row", {
                    name: name(row.name),
                    n: count(row.different),
                    of: count(row.decisions),
                  })}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </Flex>
  );
}

/** Each kind of question that would be answered differently, the most frequent first. */
function Changes({ changes }: { changes: Change[] }) {
  const { t } = useTranslation("compliance");
  return (
    <WideTable<Change>
      label={t("run_replay")}
      least={860}
      size="small"
      rowKey={(c) => `${c.question} ${JSON.stringify(c.input)} ${c.before.action ?? c.before.allow}`}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      dataSource={changes}
      columns={[
        { title: t("question"), render: (_, c) => t(`about.${c.question}`, { defaultValue: c.question }) },
        { title: t("example"), render: (_, c) => <Input input={c.input} /> },
        { title: t("before"), render: (_, c) => <Ruled ruling={c.before} /> },
        { title: t("after"), render: (_, c) => <Ruled ruling={c.after} colour="orange" /> },
        { title: t("times"), align: "right", render: (_, c) => count(c.times) },
        { title: t("last"), width: 160, render: (_, c) => moment(c.last) },
      ]}
    />
  );
}

/** A decision in a word, and the reason behind it. */
function Ruled({ ruling, colour }: { ruling: Change["before"]; colour?: string }) {
  const { t } = useTranslation("compliance");
  const { action, days, allow, reason } = ruling;
  const word = action
    ? t(`action.${action}`)
    : days
      ? t("kept", { n: days })
      : t(allow ? "allowed" : "refused");
  return (
    <>
      <Tag color={colour}>{word}</Tag>
      <div style={{ fontSize: 12 }}>{reason}</div>
    </>
  );
}

/** What was asked, without what was left open. */
function Input({ input }: { input: unknown }) {
  const { t } = useTranslation("compliance");
  const asked = Object.entries(input ?? {}).filter(
    ([, value]) => value !== "" && value !== null && value !== false,
  );
  return (
    <Flex wrap gap={4}>
      {asked.map(([key, value]) => (
        <Tag key={key}>
          {t(`input.${key}`, { defaultValue: key })}: {t(`${key}.${value}`, { defaultValue: String(value) })}
        </Tag>
      ))}
    </Flex>
  );
}
