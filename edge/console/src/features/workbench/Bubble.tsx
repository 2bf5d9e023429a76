// One thing that was said, was told, or is on its way.
import {
  BookOutlined,
  CustomerServiceOutlined,
  ExclamationCircleFilled,
  LockOutlined,
  RobotOutlined,
  UserOutlined,
} from "@ant-design/icons";
import { Button, Flex, Spin } from "antd";
import dayjs from "dayjs";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { usePeople } from "../../live/live";
import { moment } from "../../shell/format";
import { useMe } from "../../shell/session";
import { Delivered } from "./Delivered";
import { Mood } from "./marks";
import type { Delivery, Message, Note, Notice, Order, Row } from "./model";
import { OrderCard } from "./Orders";
import { again, drop, type Outgoing } from "./outbox";
import styles from "./thread.module.css";

const icons = {
  customer: <UserOutlined />,
  ai: <RobotOutlined />,
  human: <CustomerServiceOutlined />,
  system: null,
};

interface Props {
  message: Message;
  row: Row;
  orders: Order[] | undefined; // of the customer
  delivery: Delivery | undefined; // where an outside network carries it
}

export const Bubble = memo(function Bubble({ message, row, orders, delivery }: Props) {
  const { t } = useTranslation("workbench");
  const by = message.by as keyof typeof icons;
  if (by === "system") return <p className={styles.told}>{message.text}</p>;
  return (
    <article className={`${styles.message} ${by === "customer" ? styles.theirs : styles.ours}`}>
      <div className={styles.meta}>
        {icons[by]} <Author message={message} row={row} />
        <time dateTime={message.at} title={moment(message.at)}>
          {dayjs(message.at).format("HH:mm")}
        </time>
        {by === "customer" && <Mood emotion={message.emotion ?? 0} />}
        {message.intent && (
          <span className={styles.intent}>
            {t(`intent.${message.intent}`, { defaultValue: message.intent })}
          </span>
        )}
      </div>
      {message.text && <div className={`${styles.bubble} ${styles[by]}`}>{message.text}</div>}
      <Pictures message={message} conversation={row.id} />
      {delivery && <Delivered delivery={delivery} />}
      {by !== "customer" && <NamedOrder text={message.text} orders={orders} />}
      {(message.citations ?? []).length > 0 && (
        <details className={styles.sources}>
          <summary>
            <BookOutlined /> {t("sources", { count: message.citations?.length })}
          </summary>
          <ul>
            {message.citations?.map((c) => (
              <li key={c.article + c.passage}>
                <strong>{c.title}</strong> {c.passage}
              </li>
            ))}
          </ul>
        </details>
      )}
    </article>
  );
});

function Author({ message, row }: { message: Message; row: Row }) {
  const { t } = useTranslation("workbench");
  const me = useMe();
  const people = usePeople();
  if (message.by !== "human") return t(`by.${message.by}`, { defaultValue: message.by });
  if (message.agent === me.id) return t("me");
  if (message.agent === row.agent && row.agent_name) return row.agent_name;
  return people.find((p) => p.id === message.agent)?.name ?? message.agent;
}

function Pictures({ message, conversation }: { message: Message; conversation: string }) {
  const { t } = useTranslation("workbench");
  if (!message.pictures?.length) return null;
  return (
    <div className={styles.pictures}>
      {message.pictures.map((p, i) => {
        const src = `/api/v1/conversations/${conversation}/pictures/${p.id}`;
        return (
          <a key={p.id} href={src} target="_blank" rel="noopener">
            <img
              src={src}
              alt={t("picture", { n: i + 1 })}
              width={p.width}
              height={p.height}
              loading="lazy"
            />
          </a>
        );
      })}
    </div>
  );
}

/** The order that an answer names, as a card. */
function NamedOrder({ text, orders }: { text: string; orders: Order[] | undefined }) {
  const named = text ? orders?.find((o) => text.includes(o.number)) : undefined;
  return named ? <OrderCard order={named} /> : null;
}

/** What the customer was told beside messages: the queue, somebody taking over, the end. */
export function NoticeLine({ notice }: { notice: Notice }) {
  const { t } = useTranslation("workbench");
  const queue = notice.queue;
  const text =
    notice.event === "closed"
      ? t("notice.closed", { reason: t(`reason.${notice.reason}`, { defaultValue: notice.reason ?? "" }) })
      : queue &&
        t(`notice.${queue.state}`, { defaultValue: queue.text, agent: queue.agent, n: queue.position });
  if (!text) return null;
  return (
    <p className={styles.told}>
      {text} · <time dateTime={notice.at}>{dayjs(notice.at).format("HH:mm")}</time>
    </p>
  );
}

/** What one of the staff noted for the others, where it was written. */
export function NoteLine({ note }: { note: Note }) {
  const { t } = useTranslation("workbench");
  return (
    <aside className={styles.note} aria-label={t("note_only")}>
      <div className={styles.meta}>
        <LockOutlined /> {note.name} · {t("note_only")}{" "}
        <time dateTime={note.at} title={moment(note.at)}>
          {dayjs(note.at).format("HH:mm")}
        </time>
      </div>
      {note.text}
    </aside>
  );
}

/** What was sent and is not there yet, or could not be sent. */
export function Unsent({ conversation, out }: { conversation: string; out: Outgoing }) {
  const { t } = useTranslation("workbench");
  const collided = out.failure?.code === "answered_meanwhile";
  return (
    <article className={`${styles.message} ${styles.ours} ${styles.unsent}`}>
      <div className={`${styles.bubble} ${styles.human}`}>{out.text}</div>
      {out.failure ? (
        <Flex gap={8} align="center" wrap justify="end" role="alert" className={styles.failure}>
          <ExclamationCircleFilled /> {out.failure.message}
          <Button size="small" onClick={() => void again(conversation, out, collided || out.force)}>
            {t(collided ? "send_anyway" : "shell:retry")}
          </Button>
          <Button size="small" onClick={() => drop(conversation, [out.key])}>
            {t("give_up")}
          </Button>
        </Flex>
      ) : (
        <span className={styles.meta}>
          <Spin size="small" /> {t("sending")}
        </span>
      )}
    </article>
  );
}
