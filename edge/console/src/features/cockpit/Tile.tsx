// A metric in a word: its name, its value, where it is going and where it should be.
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { Compared } from "./Compared";
import { changeOf } from "./change";
import styles from "./cockpit.module.css";
import { type Figures, type Metric, points } from "./queries";
import { Spark } from "./Spark";
import { shown } from "./value";
import { Wanted } from "./Wanted";

export function Tile({ metric: m, figures }: { metric: Metric; figures: Figures }) {
  const { t } = useTranslation("cockpit");
  const { search } = useLocation();
  return (
    <Link
      to={`/cockpit/metrics/${m.key}${search}`}
      className={`${styles.tile} ${m.alarm ? styles.alarm : ""}`}
      data-metric={m.key}
      title={t("open", { name: m.name })}
    >
      <span className={styles.name}>{m.name}</span>
      <strong className={styles.value}>{shown(m.value, m.unit)}</strong>
      <span className={styles.beside}>
        {typeof m.value === "number" && <Compared change={changeOf(m)} />}
        <Wanted metric={m} />
      </span>
      <Spark points={points(m.series)} from={Date.parse(figures.from)} to={Date.parse(figures.to)} />
    </Link>
  );
}
