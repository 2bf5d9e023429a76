// What belongs to a metric: its other statistics, its parts.
import { Card } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { Compared } from "./Compared";
import { changeOf } from "./change";
import styles from "./cockpit.module.css";
import { family } from "./groups";
import type { Figures, Metric } from "./queries";
import { shown } from "./value";

export function Family({ metric, figures }: { metric: Metric; figures: Figures }) {
  const { t } = useTranslation("cockpit");
  const { search } = useLocation();
  const all = family(figures.metrics, metric);
  if (all.length < 2) return null;
  return (
    <Card title={<h2 className={styles.heading}>{t("family")}</h2>}>
      <ul className={styles.family}>
        {all.map((m) => (
          <li key={m.key}>
            {m.key === metric.key ? (
              <span aria-current="page">{m.name}</span>
            ) : (
              <Link to={`/cockpit/metrics/${m.key}${search}`}>{m.name}</Link>
            )}
            <strong>{shown(m.value, m.unit)}</strong>
            {typeof m.value === "number" && <Compared change={changeOf(m)} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}
