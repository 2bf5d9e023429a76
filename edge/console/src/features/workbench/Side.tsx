// Who the customer is: what stands beside the thread.
import { UserOutlined } from "@ant-design/icons";
import { Avatar, Tag } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { ApiError } from "../../api/client";
import { ago, clock, moment } from "../../shell/format";
import { Queried } from "../../shell/states";
import { useCustomerName } from "./ListRow";
import { Channel, useChannelName } from "./marks";
import marks from "./marks.module.css";
import type { Customer } from "./model";
import { Notes } from "./Notes";
import { OrderCard } from "./Orders";
import { useCustomer } from "./queries";
import { Scored } from "./Scores";
import styles from "./side.module.css";

export function Side({ id }: { id: string }) {
  const { t } = useTranslation("workbench");
  const customer = useCustomer(id);
  if (customer.error instanceof ApiError && customer.error.status === 404) return null; // the thread says it
  return (
    <Queried query={customer}>
      {(c) => (
        <div>
          <Profile c={c} />
          {c.handoff && <Handoff handoff={c.handoff} />}
          {c.scores && (
            <Section title={t("scores")}>
              <Scored scores={c.scores} quotes={c.quotes} />
            </Section>
          )}
          <Section title={t("orders")} count={c.orders.length}>
            {c.orders_unknown && <p className={marks.collision}>{t("orders_unknown")}</p>}
            <Some of={c.orders} show={(o) => <OrderCard key={o.number} order={o} />} few={2} />
          </Section>
          <Section title={t("notes")} count={c.notes.length}>
            <Notes id={id} notes={c.notes} />
          </Section>
          <Section title={t("trail")} count={c.trail.length}>
            <Some
              of={c.trail}
              few={5}
              show={(v) => (
                <div key={v.at + v.page} className={styles.visit}>
                  <span title={v.page}>{v.page}</span>
                  <time dateTime={v.at}>{clock(v.at)}</time>
                </div>
              )}
            />
          </Section>
          <History c={c} id={id} />
        </div>
      )}
    </Queried>
  );
}

function Section({ title, count, children }: { title: string; count?: number; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h3>
        {title} {count !== undefined && count > 0 && <span className={marks.number}>{count}</span>}
      </h3>
      {children}
    </section>
  );
}

/** The first few of a list, and the rest when asked for. */
function Some<T>({ of, show, few }: { of: T[]; show: (each: T) => ReactNode; few: number }) {
  const { t } = useTranslation("workbench");
  const [all, setAll] = useState(false);
  if (of.length === 0) return <p className={marks.none}>{t("shell:empty")}</p>;
  return (
    <>
      {(all ? of : of.slice(0, few)).map(show)}
      {of.length > few && (
        <button type="button" className={styles.unfold} onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t("fewer") : t("all", { count: of.length })}
        </button>
      )}
    </>
  );
}

function Profile({ c }: { c: Customer }) {
  const { t } = useTranslation("workbench");
  const name = useCustomerName()(c);
  const channel = useChannelName();
  return (
    <section className={styles.section}>
      <div className={styles.profile}>
        <Avatar size={44} className={marks.face}>
          {c.name ? [...name][0] : <UserOutlined />}
        </Avatar>
        <div>
          <h3>{name}</h3>
          {c.member ? <Tag color="gold">{c.member.level || t("member")}</Tag> : <Tag>{t("no_member")}</Tag>}
        </div>
      </div>
      <dl className={styles.facts}>
        {c.contacts.map((contact) => (
          <div key={contact.value}>
            <dt>{t(`contact.${contact.kind}`, { defaultValue: contact.kind })}</dt>
            <dd>
              {contact.value}{" "}
              <span className={marks.fine}>{t(`from.${contact.from}`, { defaultValue: contact.from })}</span>
            </dd>
          </div>
        ))}
        <div>
          <dt>{t("channels")}</dt>
          <dd>
            {c.channels.map((name) => (
              <Tag key={name} icon={<Channel name={name} />}>
                {channel(name)}
              </Tag>
            ))}
          </dd>
        </div>
        {c.first_seen && <Seen label={t("first_seen")} at={c.first_seen} />}
        {c.last_seen && <Seen label={t("last_seen")} at={c.last_seen} />}
        {c.page && (
          <div>
            <dt>{t("page")}</dt>
            <dd className={styles.long}>{c.page}</dd>
          </div>
        )}
      </dl>
      {c.callbacks.map((back) => (
        <p key={back.id} className={styles.callback}>
          {t("callback", { phone: back.phone, at: clock(back.at) })} {back.note}
        </p>
      ))}
    </section>
  );
}

function Seen({ label, at }: { label: string; at: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd title={moment(at)}>{ago(at)}</dd>
    </div>
  );
}

function Handoff({ handoff }: { handoff: NonNullable<Customer["handoff"]> }) {
  const { t } = useTranslation("workbench");
  // The summary tells what the AI tried, and most facts; those that it does not tell stand below.
  const facts = Object.entries(handoff.facts ?? {}).filter(([, value]) => !handoff.summary.includes(value));
  return (
    <Section title={t("handoff")}>
      <div className={styles.tags}>
        <Tag color="orange">{t(`handoff_reason.${handoff.reason}`, { defaultValue: handoff.reason })}</Tag>
        {handoff.skill && <Tag>{t(`shell:skill.${handoff.skill}`, { defaultValue: handoff.skill })}</Tag>}
        <time dateTime={handoff.at} className={marks.fine}>
          {clock(handoff.at)}
        </time>
      </div>
      <p className={styles.summary}>{handoff.summary}</p>
      {facts.map(([fact, value]) => (
        <p key={fact} className={styles.fact}>
          {t(`fact.${fact}`, { defaultValue: fact })}: {value}
        </p>
      ))}
    </Section>
  );
}

function History({ c, id }: { c: Customer; id: string }) {
  const { t } = useTranslation("workbench");
  const { search } = useLocation();
  const others = c.conversations.filter((other) => other.id !== id);
  if (others.length + c.closings.length === 0) return null;
  return (
    <Section title={t("history")} count={others.length + c.closings.length}>
      {others.map((other) => (
        <Link key={other.id} to={`/inbox/${other.id}${search}`} className={styles.visit}>
          <span>
            <Channel name={other.channel} /> {other.last}
          </span>
          <time dateTime={other.updated}>{clock(other.updated)}</time>
        </Link>
      ))}
      <Some
        of={c.closings}
        few={3}
        show={(closing) => (
          <div key={closing.conversation + closing.session} className={styles.note}>
            <p>
              <Tag>{t(`reason.${closing.reason}`, { defaultValue: closing.reason })}</Tag> {closing.summary}
            </p>
            <span className={marks.fine}>
              {closing.name} · {clock(closing.at)}
            </span>
          </div>
        )}
      />
    </Section>
  );
}
