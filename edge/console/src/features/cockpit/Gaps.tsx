// What of the trade's list of metrics is not measured, and why: a figure that is missing is not forgotten.
import { useTranslation } from "react-i18next";
import styles from "./cockpit.module.css";
import type { Figures } from "./queries";

export function Gaps({ gaps }: { gaps: Figures["gaps"] }) {
  const { t } = useTranslation("cockpit");
  if (gaps.length === 0) return null;
  return (
    <details className={styles.gaps}>
      <summary>{t("gaps", { count: gaps.length })}</summary>
      <dl>
        {gaps.map((gap) => (
          <div key={gap.row}>
            <dt>
              {t("row_of", { row: gap.row })} · {gap.name}
            </dt>
            <dd>{gap.why}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
