// What happened with a lead, the latest first.
import { Timeline as Line, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { clock, money } from "../../shell/format";
import styles from "./marketing.module.css";
import { type Entry, type Sending, useNames } from "./queries";

const colours: Record<string, string> = {
  failed: "error",
  uncertain: "warning",
  arrived: "success",
};

/** What became of something that was said. */
export function Outcome({ send }: { send: Pick<Sending, "state" | "code"> }) {
  const { t } = useTranslation("marketing");
  return (
    <Tag color={colours[send.state]}>
      {t(`sent.${send.state}`)}
      {send.code ? ` ${send.code}` : ""}
    </Tag>
  );
}

export function Timeline({ history, sends }: { history: Entry[]; sends: Sending[] }) {
  const items = [
    ...history
      .filter((e) => e.kind !== "send")
      .map((e) => ({ key: e.id, at: e.at, content: <Happened entry={e} /> })),
    ...sends.map((s) => ({ key: s.id, at: s.at, content: <Said send={s} /> })),
  ].sort((a, b) => b.at.localeCompare(a.at));
  return <Line items={items} />;
}

function Happened({ entry: e }: { entry: Entry }) {
  const { t } = useTranslation("marketing");
  const names = useNames();
  return (
    <>
      <div className={styles.line}>
        <b>{t(`happened.${e.kind}`, { defaultValue: e.kind })}</b>
        <span className={styles.fine}>
          {clock(e.at)}
          {e.rule && ` · ${t("rule")} ${names.rule(e.rule)}`}
          {e.by && ` · ${e.by}`}
        </span>
        {e.amount ? <Tag color="green">{money(e.amount)}</Tag> : null}
      </div>
      {e.text && <div className={styles.text}>{e.text}</div>}
      {e.title && <div className={styles.fine}>{e.title}</div>}
    </>
  );
}

function Said({ send: s }: { send: Sending }) {
  const { t } = useTranslation("marketing");
  const names = useNames();
  return (
    <>
      <div className={styles.line}>
        <b>{t(`kind.${s.kind}`)}</b>
        <Outcome send={s} />
        <span className={styles.fine}>
          {clock(s.at)} · {s.agent || t(`by.${s.by}`, { defaultValue: s.by })}
          {s.rule && ` · ${t("rule")} ${names.rule(s.rule)}`}
        </span>
      </div>
      <div className={styles.text}>{s.text}</div>
      {s.because && <div className={styles.fine}>{s.because}</div>}
    </>
  );
}
