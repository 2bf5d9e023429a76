// One conversation: who it is and what can be done, what was said, what is answered.
import { Alert } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import type { Viewer } from "../../live/frames";
import { connection, useLive } from "../../live/live";
import { useMay, useMe } from "../../shell/session";
import { Failed, Loading } from "../../shell/states";
import styles from "./bench.module.css";
import { Composer } from "./Composer";
import { Head } from "./Head";
import type { Row } from "./model";
import { useConversation, useThread } from "./queries";
import { Thread } from "./Thread";
import { entries } from "./thread";

interface Props {
  id: string;
  back?: () => void; // to the list, where there is no room for both
  side?: () => void; // opens what stands beside the thread, where there is no room for it
}

/** Tells the colleagues that one looks, and the server that nothing is unread any more. */
function usePresent(row: Row | undefined, id: string, writes: boolean) {
  useEffect(() => {
    connection.say({ type: "view", conversation: id });
    return () => connection.say({ type: "leave", conversation: id });
  }, [id]);
  const unread = row?.unread ?? 0;
  const seq = row?.seq ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: every message is looked at
  useEffect(() => {
    if (!writes || unread === 0) return;
    const look = () => {
      // Nobody is bothered when this fails: the next message is looked at, too.
      if (document.visibilityState === "visible") {
        api.POST("/api/v1/conversations/{id}/read", { params: { path: { id } } }).catch(() => {});
      }
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [id, unread, seq, writes]);
}

/** Who else looks at the conversation. */
function useOthers(id: string, me: string): Viewer[] {
  const [viewers, setViewers] = useState<Viewer[]>([]);
  useLive("viewing", ({ conversation, agents }) => conversation === id && setViewers(agents));
  return viewers.filter((v) => v.id !== me);
}

export function Conversation({ id, back, side }: Props) {
  const { t } = useTranslation("workbench");
  const me = useMe();
  const writes = useMay("conversations", "write");
  const conversation = useConversation(id);
  const thread = useThread(id);
  const row = conversation.data?.conversation;
  const others = useOthers(id, me.id); // hears before it says that one looks
  usePresent(row, id, writes);
  const failed = conversation.error ?? thread.error;
  if (!row || !thread.data) {
    return (
      <section className={styles.thread} aria-label={t("thread")}>
        {failed && !(row && thread.data) ? (
          <Failed error={failed} retry={() => void Promise.all([conversation.refetch(), thread.refetch()])} />
        ) : (
          <Loading />
        )}
      </section>
    );
  }
  const all = entries(thread.data.pages);
  return (
    <section className={styles.thread} aria-label={t("thread")}>
      <Head row={row} back={back} side={side} />
      <Thread row={row} all={all} thread={thread} />
      {writes ? (
        <Composer row={row} all={all} me={me.id} others={others} />
      ) : (
        <Alert banner type="info" title={t("read_only")} />
      )}
    </section>
  );
}
