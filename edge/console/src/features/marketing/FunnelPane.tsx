// How far people come who commented, each number with what it is a part of.
import { Select } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { count, moment, percent } from "../../shell/format";
import { Nothing, Queried } from "../../shell/states";
import { Choice } from "./Choice";
import styles from "./marketing.module.css";
import { useFilters } from "./places";
import { type Funnel, useFunnel, useNames } from "./queries";

const spans = ["1", "7", "28"] as const;
const day = 86_400_000;

export function FunnelPane() {
  const { t } = useTranslation("marketing");
  const names = useNames();
  const { filter, change } = useFilters(["days", "rule", "campaign"]);
  const days = spans.find((span) => span === filter.days) ?? "28";
  const from = useMemo(() => new Date(Date.now() - Number(days) * day).toISOString(), [days]);
  const funnel = useFunnel({ from, rule: filter.rule, campaign: filter.campaign });
  return (
    <>
      <div className={styles.filters}>
        <Select
          aria-label={t("span")}
          value={days}
          options={spans.map((span) => ({ value: span, label: t("days", { count: Number(span) }) }))}
          onChange={(span) => change("days", span === "28" ? undefined : span)}
        />
        <Choice
          label={t("by_rule")}
          value={filter.rule}
          options={names.rules}
          change={(rule) => change("rule", rule)}
        />
        <Choice
          label={t("by_campaign")}
          value={filter.campaign}
          options={names.campaigns}
          change={(campaign) => change("campaign", campaign)}
        />
      </div>
      <Queried query={funnel}>{(data) => <Steps funnel={data} />}</Queried>
    </>
  );
}

function Steps({ funnel: f }: { funnel: Funnel }) {
  const { t } = useTranslation("marketing");
  if (f.comments === 0) return <Nothing text={t("no_funnel")} />;
  const people = f.steps[0]?.of ?? 0;
  return (
    <>
      <ol className={styles.funnel}>
        <li>
          <b>{t("comments")}</b>
          <Bar share={1} />
          <span>{t("comments_by", { comments: count(f.comments), people: count(people) })}</span>
        </li>
        {f.steps.map((s) => (
          <li key={s.state} data-state={s.state}>
            <b>{t(`state.${s.state}`)}</b>
            <Bar share={people > 0 ? s.people / people : 0} />
            <span>
              <b>{count(s.people)}</b>{" "}
              {s.of > 0
                ? t(`of.${s.state}`, { of: count(s.of), share: percent(s.people / s.of) })
                : t("of_none")}
            </span>
          </li>
        ))}
      </ol>
      <p className={styles.fine}>
        {t("funnel_note", {
          matched: count(f.matched_comments),
          comments: count(f.comments),
          from: moment(f.from),
          to: moment(f.to),
        })}
      </p>
    </>
  );
}

function Bar({ share }: { share: number }) {
  return (
    <div className={styles.bar} aria-hidden="true">
      {share > 0 && <div style={{ width: `${Math.min(1, share) * 100}%` }} />}
    </div>
  );
}
