// A metric in a word: its name, its value, where it is going and where it should be.
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { Compared } from "./Compared";
import { changeOf } from "./change";
import styles from "./cockpit.module.css";
import { family } from "./groups";
import { points, silence } from "./line";
import type { Figures, Metric } from "./queries";
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
        {!m.applies && <span className={styles.change}>{t("not_so")}</span>}
        <Wanted metric={m} />
      </span>
      <Others metric={m} figures={figures} />
      <Spark
        points={points(m.series)}
        from={Date.parse(figures.from)}
        to={Date.parse(figures.to)}
        none={silence(figures)}
      />
    </Link>
  );
}

/** How the keys of other statistics of the same duration end. */
const others = ["p90", "mean", "work_p50"] as const;

/** The other statistics of a duration, in small. */
function Others({ metric: m, figures }: { metric: Metric; figures: Figures }) {
  const { t } = useTranslation("cockpit");
  const all = family(figures.metrics, m);
  const told = others.flatMap((end) => {
    const other = all.find((one) => one.key !== m.key && one.key === m.key.replace(/p50$/, end));
    return typeof other?.value === "number" ? [`${t(`other.${end}`)} ${shown(other.value, other.unit)}`] : [];
  });
  return told.length > 0 && <span className={styles.change}>{told.join(" · ")}</span>;
}
