// Campaigns: on and off, how much a day, and which of two texts does better.
import { PlusOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Flex, Switch, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, take } from "../../api/client";
import { clock } from "../../shell/format";
import { useMay } from "../../shell/session";
import { Nothing, Queried } from "../../shell/states";
import { CampaignForm } from "./CampaignForm";
import styles from "./marketing.module.css";
import { paneAt } from "./places";
import { type Campaign, refreshCampaigns, useCampaigns, useNames, useResults } from "./queries";
import { ResultsView } from "./ResultsView";

export function Campaigns() {
  const { t } = useTranslation("marketing");
  const campaigns = useCampaigns();
  const mayWrite = useMay("outreach", "write");
  const [editing, setEditing] = useState<{ campaign?: Campaign }>();
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing({})}>
      {t("campaign_add")}
    </Button>
  );
  return (
    <Queried query={campaigns}>
      {(data) => (
        <>
          <Flex wrap justify="space-between" align="center" gap="small" style={{ marginBottom: 12 }}>
            <span className={styles.fine}>{t("campaigns_note")}</span>
            {mayWrite && data.campaigns.length > 0 && add}
          </Flex>
          {data.campaigns.length === 0 && <Nothing text={t("no_campaigns")}>{mayWrite && add}</Nothing>}
          <div className={styles.cards}>
            {data.campaigns.map((c) => (
              <Card key={c.id} campaign={c} edit={mayWrite ? () => setEditing({ campaign: c }) : undefined} />
            ))}
          </div>
          {editing && <CampaignForm campaign={editing.campaign} close={() => setEditing(undefined)} />}
        </>
      )}
    </Queried>
  );
}

function Card({ campaign: c, edit }: { campaign: Campaign; edit?: () => void }) {
  const { t } = useTranslation("marketing");
  const names = useNames();
  const results = useResults(c.id);
  const params = { path: { id: c.id } };
  const turn = useMutation({
    mutationFn: (on: boolean) =>
      on
        ? take(api.POST("/api/v1/outreach/campaigns/{id}/start", { params }))
        : take(api.POST("/api/v1/outreach/campaigns/{id}/stop", { params })),
    onSuccess: refreshCampaigns,
  });
  return (
    <article className={styles.card} aria-label={c.name}>
      <Flex justify="space-between" align="center" gap="small">
        <h2>{c.name}</h2>
        <Flex align="center" gap="small">
          <Tag color={c.on ? "green" : undefined}>{t(c.on ? "runs" : "stopped")}</Tag>
          <Switch
            aria-label={t("campaign_on", { name: c.name })}
            checked={c.on}
            disabled={!edit}
            loading={turn.isPending}
            onChange={(on) => turn.mutate(on)}
          />
        </Flex>
      </Flex>
      <div className={styles.line}>
        {c.rules?.length ? (
          c.rules.map((id) => <Tag key={id}>{names.rule(id)}</Tag>)
        ) : (
          <Tag>{t("all_rules")}</Tag>
        )}
      </div>
      {(c.from || c.until) && (
        <span className={styles.fine}>
          {c.from ? clock(c.from) : "…"} – {c.until ? clock(c.until) : "…"}
        </span>
      )}
      <Queried query={results}>{(data) => <ResultsView results={data} />}</Queried>
      <Flex wrap justify="space-between" align="center" gap="small" className={styles.foot}>
        <Flex gap="middle">
          <Link to={`${paneAt("funnel")}?campaign=${c.id}`}>{t("see_funnel")}</Link>
          <Link to={`${paneAt("sends")}?campaign=${c.id}`}>{t("see_sends")}</Link>
        </Flex>
        {edit && (
          <Button size="small" onClick={edit}>
            {t("edit")}
          </Button>
        )}
      </Flex>
    </article>
  );
}
