// From comments to customers: leads, the rules that find them, campaigns, the funnel, and what was said.
import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Page } from "../../shell/Page";
import { Campaigns } from "./Campaigns";
import { FunnelPane } from "./FunnelPane";
import { Leads } from "./Leads";
import { useLiveLeads } from "./queries";
import { Rules } from "./Rules";
import { Sends } from "./Sends";

export function MarketingPage() {
  const { t } = useTranslation("marketing");
  const [params, setParams] = useSearchParams();
  useLiveLeads();
  return (
    <Page title={t("title")} intro={t("intro")}>
      <Tabs
        activeKey={params.get("tab") ?? "leads"}
        onChange={(tab) => setParams({ tab }, { replace: true })}
        destroyOnHidden
        items={[
          { key: "leads", label: t("leads"), children: <Leads /> },
          { key: "rules", label: t("rules"), children: <Rules /> },
          { key: "campaigns", label: t("campaigns"), children: <Campaigns /> },
          { key: "funnel", label: t("funnel"), children: <FunnelPane /> },
          { key: "sends", label: t("sends"), children: <Sends /> },
        ]}
      />
    </Page>
  );
}
