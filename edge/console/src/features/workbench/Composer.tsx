// Where an answer is written: what the AI suggests, what the channel still allows, who else is here, and the text.
import { SendOutlined, ThunderboltOutlined, WarningFilled } from "@ant-design/icons";
import { App, Button, Flex, Input, Tooltip } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Viewer } from "../../live/frames";
import { connection, usePeople } from "../../live/live";
import { remember, remembered } from "../../shell/memory";
import { CannedList, useCannedSearch } from "./Canned";
import { unfilled } from "./canned";
import { useHotkeys } from "./hotkeys";
import { Quota } from "./marks";
import marks from "./marks.module.css";
import type { Row } from "./model";
import { send } from "./outbox";
import { SuggestionBar } from "./SuggestionBar";
import { answeredBy, type Entry, latestSeq } from "./thread";
import styles from "./thread.module.css";

const most = 2000; // characters of a message
const composingEvery = 3_000; // how often the others are told that one writes

interface Props {
  row: Row;
  all: Entry[];
  me: string;
  others: Viewer[]; // who look at the conversation, too
}

/** A draft that outlives a reload, and the place of the thread at which it was begun. */
function useDraft(id: string, seq: number) {
  const [text, setText] = useState(() => remembered(`draft.${id}`) ?? "");
  const begun = useRef(text ? seq : 0);
  const write = (next: string) => {
    if (!text && next) begun.current = seq;
    setText(next);
    remember(`draft.${id}`, next || null);
  };
  return { text, write, begun: text && begun.current ? begun.current : seq };
}

/** Tells the others that one writes, now and then. */
function useComposing(id: string) {
  const last = useRef(0);
  useEffect(() => () => connection.say({ type: "idle", conversation: id }), [id]);
  return (writing: boolean) => {
    const now = Date.now();
    if (!writing) {
      last.current = 0;
      connection.say({ type: "idle", conversation: id });
    } else if (now - last.current > composingEvery) {
      last.current = now;
      connection.say({ type: "composing", conversation: id });
    }
  };
}

export function Composer({ row, all, me, others }: Props) {
  const { t } = useTranslation("workbench");
  const { modal } = App.useApp();
  const box = useRef<TextAreaRef>(null);
  const seq = latestSeq(all);
  const draft = useDraft(row.id, seq);
  const composing = useComposing(row.id);
  const suggested = useRef<string>(undefined); // the suggestion that the draft was made from
  const rival = draft.text ? answeredBy(all, draft.begun, me) : undefined;
  const people = usePeople();
  const rivalName = people.find((p) => p.id === rival)?.name ?? rival;
  const write = (text: string) => {
    if (!text) suggested.current = undefined;
    draft.write(text);
    composing(text !== "");
  };
  const canned = useCannedSearch(draft.text, row, write);
  const focus = () => box.current?.focus({ cursor: "end" });
  useHotkeys({ r: focus, Enter: focus });

  const deliver = (text: string, force: boolean) => {
    void send(row.id, { text, seen: draft.begun, suggestion: suggested.current, force });
    suggested.current = undefined;
    if (text === draft.text.trim()) write(""); // a suggestion that is sent as it is leaves the draft alone
    focus();
  };
  const submit = (text = draft.text.trim()) => {
    if (!text) return;
    const gaps = unfilled(text);
    if (gaps.length > 0) {
      modal.warning({ title: t("canned.unfilled", { places: gaps.join(" ") }), onOk: focus });
      return;
    }
    const writer = others.find((o) => o.composing)?.name;
    if (!rival && !writer) return deliver(text, false);
    modal.confirm({
      title: rival ? t("collision.answered", { name: rivalName }) : t("collision.writing", { name: writer }),
      content: t("collision.sure"),
      okText: t("send_anyway"),
      onOk: () => deliver(text, rival !== undefined),
    });
  };
  const press = (e: KeyboardEvent<HTMLTextAreaElement>) => {
    if (e.nativeEvent.isComposing || canned.press(e)) return;
    if (e.key === "Enter" && !e.shiftKey) {
      e.preventDefault();
      submit();
    } else if (e.key === "Escape") {
      e.currentTarget.blur();
    }
  };
  const use = (text: string, now: boolean) => {
    suggested.current = text;
    if (now) return submit(text);
    write(text);
    focus();
  };
  return (
    <footer className={styles.composer}>
      <SuggestionBar row={row} all={all} use={use} />
      {rival && (
        <p className={marks.collision} role="alert">
          <WarningFilled /> {t("collision.answered", { name: rivalName })}
        </p>
      )}
      <Others others={others} />
      {(row.quota ?? []).length > 0 && (
        <Flex gap={6} wrap>
          {row.quota?.map((q) => (
            <Quota key={q.channel + q.scene} allowance={q} />
          ))}
        </Flex>
      )}
      <CannedList search={canned} />
      <Flex gap={8} align="end">
        <Input.TextArea
          ref={box}
          value={draft.text}
          onChange={(e) => write(e.target.value)}
          onKeyDown={press}
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={most}
          placeholder={t(row.stage === "human" && row.agent === me ? "write" : "write_takes")}
          aria-label={t("answer")}
        />
        <Flex vertical gap={6}>
          <Tooltip title={t("canned.open")}>
            <Button
              icon={<ThunderboltOutlined />}
              aria-label={t("canned.open")}
              onClick={() => {
                canned.toggle();
                focus();
              }}
            />
          </Tooltip>
          <Tooltip title={t("send_tip")}>
            <Button
              type="primary"
              icon={<SendOutlined />}
              aria-label={t("send")}
              disabled={!draft.text.trim()}
              onClick={() => submit()}
            />
          </Tooltip>
        </Flex>
      </Flex>
    </footer>
  );
}

function Others({ others }: { others: Viewer[] }) {
  const { t, i18n } = useTranslation("workbench");
  if (others.length === 0) return null;
  const writing = others.filter((o) => o.composing);
  const names = (writing.length > 0 ? writing : others).map((o) => o.name);
  const joined = new Intl.ListFormat(i18n.language).format(names);
  return (
    <p className={writing.length > 0 ? marks.collision : styles.watched} role="status">
      {t(writing.length > 0 ? "others.write" : "others.look", { names: joined })}
    </p>
  );
}
