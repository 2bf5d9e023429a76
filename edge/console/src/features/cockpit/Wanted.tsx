// What a figure should be, and whether it is; an alarm where it is far from it.
import { AlertFilled, CheckCircleFilled, ExclamationCircleFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { reached } from "./change";
import styles from "./cockpit.module.css";
import type { Metric } from "./queries";
import { shown } from "./value";

export function Wanted({ metric: m }: { metric: Metric }) {
  const { t } = useTranslation("cockpit");
  const done = reached(m);
  const target = m.target === undefined || m.target === null ? "" : shown(m.target, m.unit);
  if (m.alarm)
    return (
      <span className={`${styles.change} ${styles.worse}`}>
        <AlertFilled aria-hidden /> {target ? t("target.alarm_with", { target }) : t("target.alarm")}
      </span>
    );
  if (!target) return null;
  if (done === undefined) return <span className={styles.change}>{t("target.is", { target })}</span>;
  return (
    <span className={`${styles.change} ${done ? styles.better : ""}`}>
      {done ? (
        <CheckCircleFilled aria-label={t("target.reached")} />
      ) : (
        <ExclamationCircleFilled aria-label={t("target.missed")} />
      )}{" "}
      {t("target.is", { target })}
    </span>
  );
}
