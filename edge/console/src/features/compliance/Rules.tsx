// The rules as they are written, with what is wrong and what no test reaches at its line.
import { Alert, Button, Flex, Select, Tag, Typography } from "antd";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { CodeEditor, type Place, type Remark } from "../../editor";
import { percent } from "../../shell/format";
import styles from "./compliance.module.css";
import type { Desk } from "./desk";
import { type Mistake, useMistakes } from "./queries";
import { rego } from "./rego";
import { Saved } from "./Saved";

const pause = 400; // ms without a letter, after which rules are checked

/** A value that has not changed for a while. */
function useSettled<T>(value: T): T {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(value), pause);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

interface Props {
  desk: Desk;
  name: string; // of the file that is shown
  place: Place | undefined; // where its reader was sent
  show: (name: string, place?: Place) => void;
}

export function Rules({ desk, name, place, show }: Props) {
  const { t } = useTranslation("compliance");
  const { source, files } = desk;
  const settled = useSettled(files);
  const mistakes = useMistakes(settled, desk.written);
  const found = useMemo(
    () => (desk.written && mistakes.data ? mistakes.data : []),
    [desk.written, mistakes.data],
  );
  const { data: tested, fresh } = desk.tests;
  const missed = useMemo(() => (fresh ? (tested?.missed[name] ?? []) : []), [tested, fresh, name]);
  const remarks = useMemo<Remark[]>(
    () => [
      ...found
        .filter((m) => m.file === name)
        .map((m) => ({ line: m.line, column: m.column, severity: "error" as const, message: told(m) })),
      ...missed.map((line) => ({ line, severity: "info" as const, message: t("missed_line") })),
    ],
    [found, missed, name, t],
  );
  const names = Object.keys({ ...source, ...files }).sort();
  const titled = (file: string) =>
    `${t(`about.${file.replace(/(_test)?\.rego$/, "")}`, { defaultValue: file })}${file.endsWith("_test.rego") ? t("its_tests") : ""}`;
  const wrong = new Set(found.map((m) => m.file));
  return (
    <Flex vertical gap="small">
      <Flex wrap gap="small" align="center">
        <Select
          aria-label={t("file")}
          value={name}
          onChange={(next) => {
            void desk.save();
            show(next);
          }}
          popupMatchSelectWidth={false}
          style={{ minWidth: 260, maxWidth: "100%" }}
          options={names.map((value) => ({
            value,
            label: `${files[value] === undefined ? "" : "● "}${titled(value)} · ${value}`,
          }))}
        />
        {/* What changes by itself stands behind what is clicked, which must not move away under the pointer. */}
        <Button loading={desk.tests.isPending} onClick={() => desk.tests.mutate(files)}>
          {t("run_tests")}
        </Button>
        <Saved state={desk.state} save={desk.save} />
        {files[name] !== undefined && <Tag color="blue">{t("changed")}</Tag>}
        {wrong.has(name) && <Tag color="red">{t("wrong")}</Tag>}
        {fresh && tested?.coverage[name] !== undefined && (
          <Tag color={missed.length > 0 ? "gold" : "green"}>
            {t("covered_file", { share: percent(tested.coverage[name] / 100), n: missed.length })}
          </Tag>
        )}
      </Flex>
      <section aria-label={t("rules")} onBlur={() => void desk.save()}>
        <CodeEditor
          label={t("editor", { name })}
          value={files[name] ?? source[name] ?? ""}
          language={rego}
          height="min(560px, 60vh)"
          onChange={(text) => desk.change({ ...files, [name]: text })}
          onSave={() => void desk.save()}
          remarks={remarks}
          place={place}
        />
      </section>
      <Mistakes found={found} show={show} />
      {desk.tests.error && <Alert type="error" showIcon title={desk.tests.error.message} />}
      {fresh && tested && tested.failed > 0 && (
        <Alert type="error" showIcon title={t("failed", { n: tested.failed, passed: tested.passed })} />
      )}
    </Flex>
  );
}

/** What a mistake comes to, with the compiler's own words. */
function told(m: Mistake): string {
  return m.meaning ? `${m.meaning}\n${m.text}` : m.text;
}

/** All that is wrong in all files; each leads to its place. */
function Mistakes({ found, show }: { found: Mistake[]; show: Props["show"] }) {
  const { t } = useTranslation("compliance");
  return (
    <div role="status">
      {found.length > 0 && (
        <section aria-label={t("mistakes")} className={styles.problems}>
          <ul className={styles.mistakes}>
            {found.map((m) => (
              <li key={`${m.file}:${m.line}:${m.column}:${m.text}`}>
                <button
                  type="button"
                  className={styles.mistake}
                  onClick={() => show(m.file, { line: m.line, column: m.column })}
                >
                  <Typography.Text type="danger">
                    {t("mistake", { file: m.file, line: m.line, text: m.meaning || m.text })}
                  </Typography.Text>
                  {m.meaning && <small lang="en">{m.text}</small>}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
