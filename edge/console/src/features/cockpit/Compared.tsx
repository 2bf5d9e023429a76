// An arrow and how far: where a figure went since the period before.
import { ArrowDownOutlined, ArrowUpOutlined, MinusOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { Change } from "./change";
import styles from "./cockpit.module.css";

const signs = { up: ArrowUpOutlined, down: ArrowDownOutlined, same: MinusOutlined };

export function Compared({ change }: { change: Change | undefined }) {
  const { t } = useTranslation("cockpit");
  if (!change) return <span className={styles.change}>{t("nothing_before")}</span>;
  const Sign = signs[change.way];
  const tone = change.better === undefined ? "" : change.better ? styles.better : styles.worse;
  return (
    <span className={`${styles.change} ${tone}`} title={t("since")}>
      <Sign aria-label={t(`way.${change.way}`)} /> {change.text}
    </span>
  );
}
