// What happened with a lead, the latest first.
import { Timeline as Line, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { clock, money } from "../../shell/format";
import { Fate } from "./Fate";
import styles from "./marketing.module.css";
import type { Entry, Sending } from "./queries";
import { useReasons } from "./reasons";

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
  const because = useReasons(e);
  const text = e.kind === "assigned" ? e.text || t("nobody") : e.text;
  const aside = [clock(e.at), because, e.by && (e.by_name || e.by)].filter(Boolean).join(" · ");
  return (
    <>
      <div className={styles.line}>
        <b>{t(`happened.${e.kind}`, { defaultValue: e.kind })}</b>
        <span className={styles.fine}>{aside}</span>
        {e.amount ? <Tag color="green">{money(e.amount)}</Tag> : null}
      </div>
      {text && <div className={styles.text}>{text}</div>}
      {e.title && <div className={styles.fine}>{e.title}</div>}
    </>
  );
}

function Said({ send: s }: { send: Sending }) {
  const { t } = useTranslation("marketing");
  const because = useReasons(s);
  const by = s.agent ? s.agent_name || s.agent : t(`by.${s.by}`, { defaultValue: s.by });
  return (
    <>
      <div className={styles.line}>
        <b>{t(`kind.${s.kind}`)}</b>
        <span className={styles.fine}>{[clock(s.at), by, because].filter(Boolean).join(" · ")}</span>
      </div>
      <div className={styles.text}>{s.text}</div>
      <Fate send={s} />
    </>
  );
}
