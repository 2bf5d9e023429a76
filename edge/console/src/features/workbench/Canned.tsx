// Canned answers above the composer, while what is written starts with a slash.
import { SettingOutlined } from "@ant-design/icons";
import { Button, Tag } from "antd";
import { type KeyboardEvent, lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../shell/session";
import { filled, matching, type Spelled, wordsOf } from "./canned";
import marks from "./marks.module.css";
import type { Canned, Row } from "./model";
import { useCanned } from "./queries";
import styles from "./thread.module.css";

const CannedBook = lazy(() => import("./CannedBook"));

const mostShown = 8;

/** How texts are spelled, once that is wanted. */
function useSpelled(wanted: boolean): Spelled | undefined {
  const [spelled, setSpelled] = useState<Spelled>();
  useEffect(() => {
    // Without it the words are found as they are written.
    if (wanted)
      import("./pinyin").then(
        (pinyin) => setSpelled(() => pinyin.spelled),
        () => undefined,
      );
  }, [wanted]);
  return spelled;
}

/** What is found for the text, which of it is chosen, and what keys do with it. */
export function useCannedSearch(text: string, row: Row, write: (text: string) => void) {
  const words = wordsOf(text);
  const all = useCanned().data?.canned ?? [];
  const [at, setAt] = useState(0);
  const [asked, setAsked] = useState(false); // for the list, while something else is being written
  const me = useMe();
  const open = words !== undefined || asked;
  const spelled = useSpelled(open);
  const found = open ? matching(all, words ?? "", row.lang, spelled).slice(0, mostShown) : [];
  const chosen = Math.min(at, Math.max(found.length - 1, 0));
  const use = (c: Canned) => {
    setAt(0);
    setAsked(false);
    const answer = filled(c.text, row, me.name);
    write(words !== undefined || !text.trim() ? answer : `${text.trimEnd()}\n${answer}`);
  };
  const press = (e: KeyboardEvent): boolean => {
    const choice = found[chosen];
    if (!open || !choice) return false;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      setAt((chosen + (e.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
    } else if (e.key === "Enter" || e.key === "Tab") {
      use(choice);
    } else if (e.key === "Escape") {
      setAsked(false);
      if (words !== undefined) write("");
    } else {
      return false;
    }
    e.preventDefault();
    return true;
  };
  return { open, found, chosen, use, press, toggle: () => setAsked(!asked) };
}

export function CannedList({ search }: { search: ReturnType<typeof useCannedSearch> }) {
  const { t } = useTranslation("workbench");
  const [book, setBook] = useState(false);
  if (!search.open && !book) return null;
  return (
    <div className={styles.canned}>
      {search.found.length === 0 && <p className={marks.none}>{t("canned.none")}</p>}
      {search.found.map((c, i) => (
        <button
          key={c.id}
          type="button"
          className={i === search.chosen ? `${styles.cannedRow} ${styles.cannedChosen}` : styles.cannedRow}
          onClick={() => search.use(c)}
        >
          <strong>{c.title}</strong>
          {c.group && <Tag>{c.group}</Tag>}
          <span>{c.text}</span>
        </button>
      ))}
      <Button type="link" size="small" icon={<SettingOutlined />} onClick={() => setBook(true)}>
        {t("canned.manage")}
      </Button>
      <Suspense>{book && <CannedBook close={() => setBook(false)} />}</Suspense>
    </div>
  );
}
