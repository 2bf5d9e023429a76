// A metric in a word: its name, its value, where it is going.
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { Compared } from "./Compared";
import { changeOf } from "./change";
import styles from "./cockpit.module.css";
import { type Figures, type Metric, points } from "./queries";
import { Spark } from "./Spark";
import { shown } from "./value";

interface Props {
  metric: Metric;
  before: Metric | undefined; // in the period before
  figures: Figures;
}

export function Tile({ metric: m, before, figures }: Props) {
  const { t } = useTranslation("cockpit");
  const { search } = useLocation();
  return (
    <Link
      to={`/cockpit/metrics/${m.key}${search}`}
      className={styles.tile}
      data-metric={m.key}
      title={t("open", { name: m.name })}
    >
      <span className={styles.name}>{m.name}</span>
      <strong className={styles.value}>{shown(m.value, m.unit)}</strong>
      {m.value !== null && <Compared change={changeOf(m.value, before?.value, m.unit)} />}
      <Spark points={points(m.series)} from={Date.parse(figures.from)} to={Date.parse(figures.to)} />
    </Link>
  );
}
