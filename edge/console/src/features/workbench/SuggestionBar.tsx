// What the AI would answer, with what it rests on.
import { BookOutlined, EditOutlined, ReloadOutlined, SendOutlined } from "@ant-design/icons";
import { Button, Flex, Popover, Skeleton, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useHotkeys } from "./hotkeys";
import type { Row, Suggestion } from "./model";
import { useSuggestion } from "./queries";
import type { Entry } from "./thread";
import styles from "./thread.module.css";

interface Props {
  row: Row;
  all: Entry[];
  use: (text: string, now: boolean) => void;
}

/** The place of what the customer said last, when nobody has answered it: that is what is worth a suggestion. */
function unanswered(all: Entry[]): number | undefined {
  for (let i = all.length - 1; i >= 0; i--) {
    const entry = all[i];
    if (entry && "message" in entry) {
      if (entry.message.by === "human") return undefined;
      if (entry.message.by === "customer") return entry.seq;
    }
  }
  return undefined;
}

export function SuggestionBar({ row, all, use }: Props) {
  const seq = unanswered(all);
  const wanted = seq !== undefined && (row.stage === "human" || row.stage === "queued");
  return wanted ? <Suggested key={seq} id={row.id} seq={seq} use={use} /> : null;
}

function Suggested({ id, seq, use }: { id: string; seq: number; use: Props["use"] }) {
  const { t } = useTranslation("workbench");
  const [another, setAnother] = useState(0);
  const suggestion = useSuggestion(id, seq, another, true);
  const found = suggestion.data;
  const internal = found?.citations.some((c) => c.internal) ?? false;
  const text = found?.text ?? "";
  const send = text && !internal ? () => use(text, true) : undefined;
  const edit = text ? () => use(text, false) : undefined;
  const next = found?.more ? () => setAnother(another + 1) : another > 0 ? () => setAnother(0) : undefined;
  useHotkeys({ S: send, i: edit, o: next });
  if (suggestion.error) return null; // the thread works without it
  if (!found) {
    return (
      <div className={styles.suggestion}>
        <Skeleton active title={false} paragraph={{ rows: 1 }} />
      </div>
    );
  }
  return (
    <section className={styles.suggestion} aria-label={t("suggestion.title")}>
      <Flex gap={6} align="center" wrap className={styles.suggestionHead}>
        <strong>{t("suggestion.title")}</strong>
        <Tag>{t(`suggestion.basis.${found.basis}`, { defaultValue: found.basis })}</Tag>
        {internal && <Tag color="warning">{t("suggestion.internal")}</Tag>}
        <Sources found={found} />
      </Flex>
      <p className={styles.suggestionText}>{text || t("suggestion.none")}</p>
      <Flex gap={6} wrap>
        {send && (
          <Button
            size="small"
            type="primary"
            icon={<SendOutlined />}
            onClick={send}
            aria-keyshortcuts="Shift+S"
          >
            {t("suggestion.send")}
          </Button>
        )}
        {edit && (
          <Button size="small" icon={<EditOutlined />} onClick={edit} aria-keyshortcuts="i">
            {t("suggestion.edit")}
          </Button>
        )}
        {next && (
          <Button
            size="small"
            icon={<ReloadOutlined />}
            onClick={next}
            loading={suggestion.isFetching}
            aria-keyshortcuts="o"
          >
            {t(found.more ? "suggestion.another" : "suggestion.first")}
          </Button>
        )}
      </Flex>
    </section>
  );
}

function Sources({ found }: { found: Suggestion }) {
  const { t } = useTranslation("workbench");
  if (found.citations.length === 0) return null;
  const list = (
    <ul className={styles.sourceList}>
      {found.citations.map((c) => (
        <li key={c.article + c.passage}>
          <strong>{c.title}</strong> {c.internal && <Tag color="warning">{t("suggestion.internal")}</Tag>}
          <br />
          {c.passage}
        </li>
      ))}
    </ul>
  );
  return (
    <Popover content={list} trigger="click" placement="topLeft">
      <Button type="link" size="small" icon={<BookOutlined />}>
        {t("sources", { count: found.citations.length })}
      </Button>
    </Popover>
  );
}
