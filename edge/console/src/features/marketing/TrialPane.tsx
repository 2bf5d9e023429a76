// What a rule would have done with the comments of last week, as it is being written.
import { Alert, Progress, Spin, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { clock, count, percent } from "../../shell/format";
import styles from "./marketing.module.css";
import { Marked } from "./marks";
import { type RuleDraft, type Trial, useTrial } from "./queries";

export function TrialPane({ draft }: { draft?: RuleDraft }) {
  const { t } = useTranslation("marketing");
  const trial = useTrial(draft);
  return (
    <section className={styles.section} aria-label={t("trial")} aria-live="polite">
      <Spin spinning={trial.isFetching} delay={300}>
        <h2>{t("trial")}</h2>
        {!draft && <p className={styles.fine}>{t("trial_hint")}</p>}
        {draft && trial.error && <Alert type="error" showIcon title={trial.error.message} />}
        {draft && trial.data && !trial.error && <Outcome trial={trial.data} />}
      </Spin>
    </section>
  );
}

function Outcome({ trial }: { trial: Trial }) {
  const { t } = useTranslation("marketing");
  return (
    <>
      {trial.advice.length > 0 && (
        <Alert
          type="info"
          showIcon
          title={t("advice")}
          description={trial.advice.map((note) => <div key={note}>{note}</div>)}
        />
      )}
      <p data-matched={trial.matched} data-would={trial.would_send}>
        {trial.comments === 0
          ? t("trial_nothing")
          : t("trial_count", {
              comments: count(trial.comments),
              matched: count(trial.matched),
              share: percent(trial.share),
            })}
      </p>
      {trial.comments > 0 && (
        <Progress
          percent={trial.share * 100}
          showInfo={false}
          status={trial.warning ? "exception" : "normal"}
          aria-label={t("trial_share")}
        />
      )}
      {trial.warning && <Alert type="warning" showIcon title={trial.warning} />}
      {trial.matched > 0 && (
        <p>
          {t("trial_would", { would: count(trial.would_send) })}{" "}
          {trial.matched > trial.examples.length && t("trial_shown", { shown: trial.examples.length })}
        </p>
      )}
      {trial.comments > 0 && trial.matched === 0 && <p className={styles.fine}>{t("trial_none")}</p>}
      <ul className={styles.examples}>
        {trial.examples.map((e) => (
          <li key={e.person + e.at + e.text}>
            <Found example={e} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** A comment that the rule finds, and what would have gone out. */
function Found({ example: e }: { example: Trial["examples"][number] }) {
  const { t } = useTranslation("marketing");
  return (
    <>
      <div className={styles.line}>
        <b>{e.name || t("nameless")}</b>
        <span className={styles.fine}>{clock(e.at)}</span>
        <Tag color={e.would_send ? "green" : undefined}>{t(e.would_send ? "would_send" : "would_not")}</Tag>
      </div>
      <Marked text={e.text} spans={e.spans} />
      {e.would_send && e.campaign_name && (
        <p className={styles.fine}>{t("by_campaign_text", { name: e.campaign_name })}</p>
      )}
      <p className={styles.fine}>{e.would_send ? `↳ ${e.reply}` : e.reply ? e.because : t("no_reply")}</p>
    </>
  );
}
