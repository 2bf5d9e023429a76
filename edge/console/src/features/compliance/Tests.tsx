// The tests that travel with the rules, run on the draft: how each went, why, and what none of them reaches.
import { Alert, Button, Flex, Progress, Segmented, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Place } from "../../editor";
import { Failed } from "../../shell/states";
import { WideTable } from "../../shell/WideTable";
import styles from "./compliance.module.css";
import type { Desk } from "./desk";
import type { Tested, Trial } from "./queries";

type Show = (file: string, place?: Place) => void;

export function Tests({ desk, show }: { desk: Desk; show: Show }) {
  const { t } = useTranslation("compliance");
  const { tests, files } = desk;
  const { data } = tests;
  return (
    <Flex vertical gap="middle" align="stretch">
      <Flex wrap gap="small" align="center">
        <Button type="primary" loading={tests.isPending} onClick={() => tests.mutate(files)}>
          {t("run_tests")}
        </Button>
        <Typography.Text>{t("tests_intro")}</Typography.Text>
      </Flex>
      {tests.error && <Failed error={tests.error} />}
      {data && !tests.fresh && <Alert type="info" showIcon title={t("tests_old")} />}
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
          {data.failed > 0 && <Results trial={data} show={show} />}
          <Coverage trial={data} show={show} />
          {data.failed === 0 && <Results trial={data} show={show} />}
        </>
      )}
    </Flex>
  );
}

/** How much of each file that decides is reached by a test. */
function Coverage({ trial, show }: { trial: Trial; show: Show }) {
  const { t } = useTranslation("compliance");
  const rows = Object.entries(trial.coverage)
    .map(([file, share]) => ({ file, share, missed: trial.missed[file] ?? [] }))
    .sort((a, b) => a.share - b.share || a.file.localeCompare(b.file));
  return (
    <section aria-label={t("coverage")}>
      <Typography.Title level={2} style={{ fontSize: 15 }}>
        {t("coverage")} {trial.covered.toFixed(1)}%
      </Typography.Title>
      <WideTable
        label={t("coverage")}
        least={420}
        size="small"
        pagination={false}
        rowKey="file"
        dataSource={rows}
        columns={[
          {
            title: t("file"),
            width: 140,
            render: (_, row) =>
              `${t(`about.${row.file.replace(/\.rego$/, "")}`, { defaultValue: row.file })}`,
          },
          {
            title: t("covered"),
            width: 160,
            render: (_, { file, share }) => (
              <Progress
                aria-label={t("covered_of", { file })}
                percent={Math.floor(share * 10) / 10}
                status={share < 100 ? "normal" : "success"}
                size="small"
              />
            ),
          },
          {
            title: t("missed"),
            render: (_, { file, missed }) =>
              missed.length === 0
                ? "–"
                : missed.slice(0, 12).map((line) => (
                    <Button
                      key={line}
                      type="link"
                      size="small"
                      aria-label={t("go_to", { file, line })}
                      onClick={() => show(file, { line })}
                    >
                      {line}
                    </Button>
                  )),
          },
        ]}
      />
    </section>
  );
}

/** How each test went; what failed can be opened. */
function Results({ trial, show }: { trial: Trial; show: Show }) {
  const { t } = useTranslation("compliance");
  const [only, setOnly] = useState<"failed" | "all">("failed");
  const shown = only === "all" || trial.failed === 0 ? trial.tests : trial.tests.filter((one) => !one.pass);
  return (
    <section aria-label={t("results")}>
      <Flex wrap gap="small" align="center" style={{ marginBottom: 8 }}>
        <Typography.Title level={2} style={{ fontSize: 15, margin: 0 }}>
          {t("results")}
        </Typography.Title>
        {trial.failed > 0 && (
          <Segmented
            aria-label={t("results")}
            value={only}
            onChange={setOnly}
            options={[
              { value: "failed" as const, label: t("only_failed", { n: trial.failed }) },
              { value: "all" as const, label: t("all_tests", { n: trial.tests.length }) },
            ]}
          />
        )}
      </Flex>
      <WideTable<Tested>
        label={t("results")}
        least={560}
        size="small"
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        rowKey={(one) => `${one.file} ${one.name}`}
        dataSource={shown}
        expandable={{
          rowExpandable: (one) => Boolean(one.error || one.output || one.trace),
          defaultExpandedRowKeys: shown
            .filter((one) => !one.pass)
            .slice(0, 3)
            .map((one) => `${one.file} ${one.name}`),
          expandedRowRender: (one) => <Why test={one} />,
        }}
        columns={[
          { title: t("result"), width: 90, render: (_, one) => <Outcome test={one} /> },
          { title: t("test"), render: (_, one) => one.name.replace(/^data\.keliu\./, "") },
          {
            title: t("place"),
            width: 220,
            render: (_, { file, line, failed_at }) => (
              <Button type="link" size="small" onClick={() => show(file, { line: failed_at ?? line })}>
                {file}:{failed_at ?? line}
              </Button>
            ),
          },
          {
            title: t("took"),
            width: 90,
            align: "right",
            render: (_, { micros }) => `${(micros / 1000).toFixed(1)} ms`,
          },
        ]}
      />
    </section>
  );
}

function Outcome({ test }: { test: Tested }) {
  const { t } = useTranslation("compliance");
  if (test.pass) return <Tag color="green">{t("pass")}</Tag>;
  return test.skip ? <Tag>{t("skipped")}</Tag> : <Tag color="red">{t("fail")}</Tag>;
}

/** Why a test failed: what stopped it, what it printed, what did not hold on the way. */
function Why({ test }: { test: Tested }) {
  const { t } = useTranslation("compliance");
  const parts = [
    { key: "error", text: test.error },
    { key: "output", text: test.output },
    { key: "trace", text: test.trace },
  ];
  return (
    <Flex vertical gap="small">
      {parts.map(
        ({ key, text }) =>
          text && (
            <section key={key} aria-label={t(`why.${key}`)}>
              <Typography.Text strong>{t(`why.${key}`)}</Typography.Text>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
              <pre className={styles.trace} tabIndex={0}>
                {text}
              </pre>
            </section>
          ),
      )}
    </Flex>
  );
}
