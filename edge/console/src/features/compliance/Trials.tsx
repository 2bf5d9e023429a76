// A draft on trial: its own tests, and what it would have decided about the past days.
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Flex, Select, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Answer } from "../../api/types";
import { count, moment } from "../../shell/format";
import { Failed } from "../../shell/states";
import { WideTable } from "../../shell/WideTable";
import { type Files, replay, runTests } from "./queries";

type Change = Answer<"/api/v1/policies/replay", "post">["changes"][number];
type Tested = Answer<"/api/v1/policies/test", "post">["tests"][number];

export function Trials({ files }: { files: Files }) {
  return (
    <Flex vertical gap="large">
      <Tests files={files} />
      <Replay files={files} />
    </Flex>
  );
}

function Tests({ files }: { files: Files }) {
  const { t } = useTranslation("compliance");
  const run = useMutation({ mutationFn: () => runTests(files), meta: { quiet: true } });
  const { data } = run;
  return (
    <Flex vertical gap="small" align="stretch">
      <Flex wrap gap="small" align="center">
        <Button type="primary" loading={run.isPending} onClick={() => run.mutate()}>
          {t("run_tests")}
        </Button>
        <Typography.Text>{t("tests_intro")}</Typography.Text>
      </Flex>
      {run.error && <Failed error={run.error} />}
      {data && (
        <>
          <Alert
            showIcon
            type={data.failed ? "error" : "success"}
            title={
              data.failed
                ? t("failed", { n: data.failed, passed: data.passed })
                : t("passed", { n: data.passed })
            }
          />
          {data.failed > 0 && (
            <WideTable<Tested>
              label={t("run_tests")}
              least={560}
              size="small"
              pagination={false}
              rowKey={(one) => `${one.file} ${one.name}`}
              dataSource={data.tests.filter((one) => !one.pass)}
              columns={[
                { title: t("file"), render: (_, one) => `${one.file}:${one.line}` },
                { title: t("test"), dataIndex: "name" },
                { title: t("error"), render: (_, one) => one.error || t("not_so") },
              ]}
            />
          )}
        </>
      )}
    </Flex>
  );
}

function Replay({ files }: { files: Files }) {
  const { t } = useTranslation("compliance");
  const [days, setDays] = useState(7);
  const run = useMutation({ mutationFn: () => replay(files, days), meta: { quiet: true } });
  const { data } = run;
  const ruled = ({ allow, action, days: kept }: Change["before"]) =>
    action ? t(`action.${action}`) : kept ? t("kept", { n: kept }) : t(allow ? "allowed" : "refused");
  return (
    <Flex vertical gap="small">
      <Flex wrap gap="small" align="center">
        <Button type="primary" loading={run.isPending} onClick={() => run.mutate()}>
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
      {data && (
        <>
          <Alert
            showIcon
            type={data.different ? "warning" : "success"}
            title={t("different", { of: count(data.decisions), n: count(data.different) })}
          />
          {data.changes.length > 0 && (
            <WideTable<Change>
              label={t("run_replay")}
              least={760}
              size="small"
              rowKey={(c) => `${c.question} ${JSON.stringify(c.input)} ${c.before.action}`}
              pagination={{ pageSize: 20, hideOnSinglePage: true }}
              dataSource={data.changes}
              columns={[
                {
                  title: t("question"),
                  render: (_, c) => t(`about.${c.question}`, { defaultValue: c.question }),
                },
                { title: t("example"), render: (_, c) => <Input input={c.input} /> },
                { title: t("before"), render: (_, c) => <Tag>{ruled(c.before)}</Tag> },
                { title: t("after"), render: (_, c) => <Tag color="orange">{ruled(c.after)}</Tag> },
                { title: t("times"), render: (_, c) => count(c.times) },
                { title: t("last"), render: (_, c) => moment(c.last) },
              ]}
            />
          )}
        </>
      )}
    </Flex>
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
