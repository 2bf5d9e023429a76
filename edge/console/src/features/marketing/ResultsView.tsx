// How the texts of a campaign do: each share with the bounds between which it truly lies.
import { useTranslation } from "react-i18next";
import { count, percent } from "../../shell/format";
import styles from "./marketing.module.css";
import type { Results } from "./queries";

export function ResultsView({ results: r }: { results: Results }) {
  const { t } = useTranslation("marketing");
  return (
    <div className={styles.variants}>
      <span className={styles.fine}>
        {r.cap
          ? t("today_of", { today: count(r.today), cap: count(r.cap) })
          : t("today", { today: count(r.today) })}
      </span>
      {r.variants.map((v) => (
        <div key={v.variant}>
          <div className={styles.text}>
            {r.variants.length > 1 && <b>{v.variant.toUpperCase()} </b>}
            {v.text}
          </div>
          {v.people > 0 && (
            <div
              className={styles.scale}
              role="img"
              aria-label={t("bounds", { low: percent(v.low), high: percent(v.high) })}
            >
              <i style={{ insetInlineStart: `${v.low * 100}%`, width: `${(v.high - v.low) * 100}%` }} />
              <b style={{ insetInlineStart: `${v.rate * 100}%` }} />
            </div>
          )}
          <span className={styles.fine}>
            {v.people === 0
              ? t("nobody_yet")
              : t("answered_of", {
                  answered: count(v.answered),
                  people: count(v.people),
                  rate: percent(v.rate),
                  low: percent(v.low),
                  high: percent(v.high),
                })}
          </span>
        </div>
      ))}
      {r.difference && <Verdict results={r} difference={r.difference} />}
      {r.difference && <span className={styles.fine}>{t("methods")}</span>}
    </div>
  );
}

/** A difference of shares in percentage points, with its sign. */
function points(difference: number): string {
  const n = (difference * 100).toFixed(1);
  return n.startsWith("-") ? `−${n.slice(1)}` : `+${n}`;
}

function Verdict({
  results,
  difference: d,
}: {
  results: Results;
  difference: NonNullable<Results["difference"]>;
}) {
  const { t } = useTranslation("marketing");
  const bounds = { low: points(d.low), high: points(d.high) };
  const seen = Math.min(...results.variants.map((v) => v.people));
  if (seen === 0) return <strong>{t("not_both")}</strong>;
  if (d.enough) {
    const better = t(d.value > 0 ? "b_better" : "a_better", {
      by: points(Math.abs(d.value)).slice(1),
      ...bounds,
    });
    return <strong>{better}</strong>;
  }
  return (
    <strong>
      {t("not_enough", bounds)}
      {d.needed && d.needed > seen ? ` ${t("needed", { needed: count(d.needed) })}` : ""}
    </strong>
  );
}
