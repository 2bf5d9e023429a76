// How far people come who commented, each number with what it is a part of.
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { count, moment, percent } from "../../shell/format";
import { Nothing, Queried } from "../../shell/states";
import styles from "./marketing.module.css";
import { type Funnel, useFunnel, useNames } from "./queries";

const spans = ["1", "7", "28"];
const day = 86_400_000;

export function FunnelPane() {
  const { t } = useTranslation("marketing");
  const names = useNames();
  const [rule, setRule] = useState<string>();
  const [campaign, setCampaign] = useState<string>();
  const [range, setRange] = useState({ days: "28", from: new Date(Date.now() - 28 * day).toISOString() });
  const funnel = useFunnel({ from: range.from, rule, campaign });
  return (
    <>
      <div className={styles.filters}>
        <Select
          aria-label={t("span")}
          value={range.days}
          options={spans.map((days) => ({ value: days, label: t("days", { count: Number(days) }) }))}
          onChange={(days: string) =>
            setRange({ days, from: new Date(Date.now() - Number(days) * day).toISOString() })
          }
        />
        <Select
          allowClear
          aria-label={t("by_rule")}
          placeholder={t("by_rule")}
          value={rule}
          options={names.rules}
          onChange={setRule}
        />
        <Select
          allowClear
          aria-label={t("by_campaign")}
          placeholder={t("by_campaign")}
          value={campaign}
          options={names.campaigns}
          onChange={setCampaign}
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
  const share = (n: number, of: number) => (of > 0 ? percent(n / of) : "—");
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
              <b>{count(s.people)}</b> {t(`of.${s.state}`, { of: count(s.of), share: share(s.people, s.of) })}
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
