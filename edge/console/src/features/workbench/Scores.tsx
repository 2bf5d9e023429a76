// What the house makes of the customer: the score, the words behind it, and how it adds up.
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { clock } from "../../shell/format";
import marks from "./marks.module.css";
import { type Customer, mood, type Quote, type Scores } from "./model";
import styles from "./side.module.css";

const kinds = ["risk", "lead"] as const;

export function Scored({ scores, quotes }: { scores: Scores; quotes: Customer["quotes"] }) {
  const { t } = useTranslation("workbench");
  return kinds.map((kind) => {
    const { value, reasons } = scores[kind];
    return (
      <div key={kind} className={styles.score}>
        <div className={styles.orderItem}>
          <span>{t(`score.${kind}`)}</span>
          <strong>{Math.round(value)}</strong>
        </div>
        <meter
          className={styles.meter}
          aria-label={t(`score.${kind}`)}
          min={0}
          max={100}
          value={value}
          {...(kind === "risk" && { low: 30, high: 60, optimum: 0 })}
        />
        {value > 0 &&
          quotes.filter((q) => q.about === kind).map((q) => <Said key={q.seq} quote={q} kind={kind} />)}
        {reasons.length > 0 && (
          <details className={styles.sum}>
            <summary>{t("score_sum")}</summary>
            <ul className={styles.plain}>
              {reasons.map((r) => (
                <li key={r.code}>
                  {r.points > 0 ? "+" : ""}
                  {Math.round(r.points)} {t(`score_reason.${r.code}`, { defaultValue: r.why })}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    );
  });
}

/** What the customer said, and why it counts. */
function Said({ quote, kind }: { quote: Quote; kind: (typeof kinds)[number] }) {
  const { t } = useTranslation("workbench");
  const felt = mood(quote.emotion);
  const why = [...quote.reasons, ...(felt === "furious" || felt === "unhappy" ? [t(`mood.${felt}`)] : [])];
  return (
    <blockquote className={styles.quote}>
      <p>
        {quote.text} <time dateTime={quote.at}>{clock(quote.at)}</time>
      </p>
      <div>
        {why.map((reason) => (
          <Tag key={reason} color={kind === "risk" ? "orange" : "green"}>
            {reason}
          </Tag>
        ))}
      </div>
      {why.length === 0 && <span className={marks.fine}>{t("score_reason.message")}</span>}
    </blockquote>
  );
}
