// The rules as they are written, with what is wrong at its line while one types.
import { Flex, Select, Tag, Typography } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { CodeEditor } from "../../editor";
import { type Files, useMistakes } from "./queries";
import { rego } from "./rego";

interface Props {
  source: Files; // in force
  files: Files; // of the draft
  change: (files: Files) => void;
}

const pause = 500; // ms without typing, after which a draft is kept and checked

export function Rules({ source, files, change }: Props) {
  const { t } = useTranslation("compliance");
  const names = Object.keys(source).sort();
  const [name, setName] = useState("may_reveal.rego");
  const [typed, setTyped] = useState<{ name: string; text: string }>();
  const mistakes = useMistakes(files, Object.keys(files).length > 0);
  const text = typed?.name === name ? typed.text : (files[name] ?? source[name] ?? "");
  useEffect(() => {
    if (!typed || typed.text === (files[typed.name] ?? source[typed.name])) return;
    const timer = setTimeout(() => change({ ...files, [typed.name]: typed.text }), pause);
    return () => clearTimeout(timer);
  }, [typed, files, source, change]);
  const found = Object.keys(files).length > 0 ? (mistakes.data ?? []) : [];
  return (
    <Flex vertical gap="small">
      <Flex wrap gap="small" align="center">
        <Select
          aria-label={t("file")}
          value={name}
          onChange={setName}
          style={{ minWidth: 260, maxWidth: "100%" }}
          options={names.map((value) => ({
            value,
            label: `${t(`about.${value.replace(/(_test)?\.rego$/, "")}`, { defaultValue: value })} · ${value}`,
          }))}
        />
        {files[name] !== undefined && <Tag color="blue">{t("changed")}</Tag>}
      </Flex>
      <CodeEditor
        label={t("editor", { name })}
        value={text}
        language={rego}
        onChange={(next) => setTyped({ name, text: next })}
        remarks={found
          .filter((m) => m.file === name)
          .map((m) => ({ line: m.line, column: m.column, severity: "error" as const, message: m.text }))}
      />
      <div role="status">
        {found.map((m) => (
          <Typography.Paragraph key={`${m.file}:${m.line}:${m.text}`} type="danger" data-line={m.line}>
            {t("mistake", { file: m.file, line: m.line, text: m.text })}
          </Typography.Paragraph>
        ))}
      </div>
    </Flex>
  );
}
