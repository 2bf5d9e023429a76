// What was said to leads, by which rule, and what became of it.
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { moment } from "../../shell/format";
import { Queried } from "../../shell/states";
import { WideTable } from "../../shell/WideTable";
import styles from "./marketing.module.css";
import { type Sending, useNames, useSends } from "./queries";
import { Outcome } from "./Timeline";

const outcomes = ["pending", "sent", "arrived", "failed", "uncertain"];

export function Sends() {
  const { t } = useTranslation("marketing");
  const names = useNames();
  const [state, setState] = useState<string>();
  const [rule, setRule] = useState<string>();
  const sends = useSends({ state, rule });
  const [, setParams] = useSearchParams();
  return (
    <>
      <div className={styles.filters}>
        <Select
          allowClear
          aria-label={t("by_outcome")}
          placeholder={t("by_outcome")}
          value={state}
          options={outcomes.map((o) => ({ value: o, label: t(`sent.${o}`) }))}
          onChange={setState}
        />
        <Select
          allowClear
          aria-label={t("by_rule")}
          placeholder={t("by_rule")}
          value={rule}
          options={names.rules}
          onChange={setRule}
        />
      </div>
      <Queried query={sends}>
        {(data) => (
          <WideTable<Sending>
            label={t("sends")}
            least={860}
            empty={t("no_sends")}
            rowKey="id"
            dataSource={data.sends}
            pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
            columns={[
              { title: t("at"), width: 186, render: (_, s) => moment(s.at) },
              { title: t("kind_of"), width: 110, render: (_, s) => t(`kind.${s.kind}`) },
              {
                title: t("text"),
                render: (_, s) => (
                  <Button
                    type="link"
                    className={styles.said}
                    onClick={() => setParams({ tab: "leads", person: s.person })}
                  >
                    {s.text}
                  </Button>
                ),
              },
              {
                title: t("why"),
                width: 150,
                render: (_, s) =>
                  [
                    s.rule && names.rule(s.rule),
                    s.campaign && names.campaign(s.campaign),
                    s.variant?.toUpperCase(),
                  ]
                    .filter(Boolean)
                    .join(" · "),
              },
              {
                title: t("who"),
                width: 90,
                render: (_, s) => s.agent || t(`by.${s.by}`, { defaultValue: s.by }),
              },
              {
                title: t("outcome"),
                width: 240,
                render: (_, s) => (
                  <>
                    <Outcome send={s} />
                    {s.because && <div className={styles.fine}>{s.because}</div>}
                  </>
                ),
              },
            ]}
          />
        )}
      </Queried>
    </>
  );
}
