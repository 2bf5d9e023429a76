// What was said, oldest first. The box is turned upside down, so that the browser keeps the end in sight by itself.
import { ArrowDownOutlined } from "@ant-design/icons";
import { Button, Spin } from "antd";
import dayjs from "dayjs";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live";
import { Bubble, NoteLine, NoticeLine, Unsent } from "./Bubble";
import { useCustomerName } from "./ListRow";
import type { Row } from "./model";
import { drop, useOutbox } from "./outbox";
import { useCustomer, useDeliveries, type useThread } from "./queries";
import { byMessage, type Entry, newDay, withNotes } from "./thread";
import styles from "./thread.module.css";

interface Props {
  row: Row;
  all: Entry[];
  thread: ReturnType<typeof useThread>;
}

const near = 120; // pixels from an end that count as being there

export function Thread({ row, all, thread }: Props) {
  const { t } = useTranslation("workbench");
  const box = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = thread;
  const unsent = useUnsent(row.id, all);
  const customer = useCustomer(row.id).data;
  const lines = withNotes(all, customer?.notes ?? [], !hasNextPage);
  const deliveries = byMessage(useDeliveries(row.id).data ?? []);
  const older = () => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  };
  const scrolled = () => {
    const at = box.current;
    if (!at) return;
    setAway(-at.scrollTop > near);
    if (at.scrollHeight - at.clientHeight + at.scrollTop < near) older();
  };
  const toEnd = () => box.current?.scrollTo({ top: 0, behavior: "smooth" });
  return (
    <div className={styles.scroller}>
      <div
        ref={box}
        className={styles.scroll}
        onScroll={scrolled}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
        tabIndex={0}
        role="log"
        aria-label={t("said")}
      >
        <div className={styles.said}>
          {hasNextPage && (
            <Button
              type="link"
              size="small"
              onClick={older}
              disabled={isFetchingNextPage}
              className={styles.older}
            >
              {isFetchingNextPage ? <Spin size="small" /> : t("older")}
            </Button>
          )}
          {lines.map((line, i) => (
            <div key={"seq" in line ? line.seq : line.note.id}>
              {newDay(line, lines[i - 1]) && (
                <div className={styles.day}>{day(line.at, t("today"), t("yesterday"))}</div>
              )}
              {"message" in line ? (
                <Bubble
                  message={line.message}
                  row={row}
                  orders={customer?.orders}
                  delivery={deliveries.get(line.message.id)}
                />
              ) : "notice" in line ? (
                <NoticeLine notice={line.notice} />
              ) : (
                <NoteLine note={line.note} />
              )}
            </div>
          ))}
          {unsent.map((out) => (
            <Unsent key={out.key} conversation={row.id} out={out} />
          ))}
          <Typing row={row} last={all.at(-1)} />
        </div>
      </div>
      {away && (
        <Button
          shape="circle"
          className={styles.toEnd}
          icon={<ArrowDownOutlined />}
          aria-label={t("to_end")}
          onClick={toEnd}
        />
      )}
    </div>
  );
}

function day(at: string, today: string, yesterday: string): string {
  const date = dayjs(at);
  if (date.isSame(dayjs(), "day")) return today;
  if (date.isSame(dayjs().subtract(1, "day"), "day")) return yesterday;
  return date.format("YYYY-MM-DD dddd");
}

/** What is on its way and does not stand in the thread yet. */
function useUnsent(id: string, all: Entry[]) {
  const outbox = useOutbox(id);
  const there = new Set(all.map((entry) => ("message" in entry ? entry.message.id : "")));
  const arrived = outbox.filter((out) => out.id && there.has(out.id)).map((out) => out.key);
  const gone = arrived.join();
  useEffect(() => {
    if (gone) drop(id, gone.split(","));
  }, [id, gone]);
  return outbox.filter((out) => !arrived.includes(out.key));
}

const typingLasts = 6_000; // without being said again

/** Whether the customer or the AI writes, and what there is of it. */
function Typing({ row, last }: { row: Row; last: Entry | undefined }) {
  const { t } = useTranslation("workbench");
  const name = useCustomerName()(row);
  const [typing, setTyping] = useState<{ by: string; text?: string; after: number }>();
  const end = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLive("typing", (frame) => {
    if (frame.conversation !== row.id || frame.by === "human") return;
    clearTimeout(end.current);
    end.current = setTimeout(() => setTyping(undefined), typingLasts);
    setTyping({ by: frame.by, text: frame.text, after: last?.seq ?? 0 });
  });
  useEffect(() => () => clearTimeout(end.current), []);
  // What was being written has been said.
  const said =
    typing && last && last.seq > typing.after && "message" in last && last.message.by === typing.by;
  if (!typing || said) return null;
  return (
    <div className={styles.typing} role="status">
      <span className={styles.dots} aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {t(typing.by === "ai" ? "ai_writes" : "customer_writes", { name })}
      {typing.text && <span className={styles.preview}>{typing.text}</span>}
    </div>
  );
}
