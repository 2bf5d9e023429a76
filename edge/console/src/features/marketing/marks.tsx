// Small signs: the score with its reasons, the phrases in a text, what the platform still allows.
import { Popover, Tag, Tooltip } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { elapsed, moment } from "../../shell/format";
import { useNow } from "../../shell/now";
import styles from "./marketing.module.css";
import type { Allowance, Lead, Span } from "./queries";

const around = 2 * Math.PI * 18;

/** From which score on somebody may well buy. */
export const warm = 40;

/** How likely somebody is to buy, and why. */
export function Score({ lead }: { lead: Pick<Lead, "score" | "reasons"> }) {
  const { t } = useTranslation("marketing");
  const grade = lead.score >= 70 ? styles.hot : lead.score >= warm ? styles.warm : styles.cool;
  return (
    <Popover
      title={t("score_of", { score: Math.round(lead.score) })}
      content={<Reasons reasons={lead.reasons} />}
    >
      <button
        type="button"
        className={`${styles.ring} ${grade}`}
        aria-label={t("score_of", { score: Math.round(lead.score) })}
      >
        <svg viewBox="0 0 44 44" aria-hidden="true">
          <circle cx="22" cy="22" r="18" className={styles.track} />
          <circle
            cx="22"
            cy="22"
            r="18"
            className={styles.arc}
            strokeDasharray={`${(lead.score / 100) * around} ${around}`}
          />
        </svg>
        <span>{Math.round(lead.score)}</span>
      </button>
    </Popover>
  );
}

/** What a score is made of. */
export function Reasons({ reasons }: { reasons: Lead["reasons"] }) {
  const { t } = useTranslation("marketing");
  if (reasons.length === 0) return <span>{t("no_reasons")}</span>;
  return (
    <ul className={styles.reasons}>
      {reasons.map((r) => (
        <li key={r.kind + r.why}>
          <b className={r.points < 0 ? styles.minus : styles.plus}>
            {r.points > 0 ? "+" : ""}
            {r.points}
          </b>
          <span>{r.why}</span>
        </li>
      ))}
    </ul>
  );
}

/** A text with what rules found in it marked. Spans count in characters, as people do. */
export function Marked({ text, spans }: { text: string; spans: Span[] }) {
  const runes = [...text];
  const marked = new Set(
    spans.flatMap((s) => Array.from({ length: s.end - s.start }, (_, i) => s.start + i)),
  );
  const parts: ReactNode[] = [];
  for (let from = 0; from < runes.length; ) {
    let to = from + 1;
    while (to < runes.length && marked.has(to) === marked.has(from)) to++;
    const part = runes.slice(from, to).join("");
    parts.push(marked.has(from) ? <mark key={from}>{part}</mark> : part);
    from = to;
  }
  return <span className={styles.text}>{parts}</span>;
}

/** How long something still lasts. */
export function Rest({ until }: { until: string }) {
  const rest = Date.parse(until) - useNow();
  return (
    <time dateTime={until} title={moment(until)}>
      {elapsed(rest)}
    </time>
  );
}

/** What a platform still lets us say in a window. */
export function Left({ allowance: a }: { allowance: Allowance }) {
  const { t } = useTranslation("marketing");
  const over = useNow() >= Date.parse(a.until ?? "") || a.left === 0;
  return (
    <Tooltip title={a.kept ? t("kept", { kept: a.kept }) : undefined}>
      <Tag color={over ? "error" : a.left <= 2 ? "warning" : "success"}>
        {t(`scene.${a.scene}`, { defaultValue: a.scene })} · {t("left", { left: a.left, limit: a.limit })}
        {!over && a.until && (
          <>
            {" · "}
            <Rest until={a.until} />
          </>
        )}
      </Tag>
    </Tooltip>
  );
}
