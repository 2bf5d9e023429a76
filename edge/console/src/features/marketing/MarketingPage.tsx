// From comments to customers: leads, the rules that find them, campaigns, the funnel, and what was said.
import { Grid, Select, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Page } from "../../shell/Page";
import { Campaigns } from "./Campaigns";
import { FunnelPane } from "./FunnelPane";
import { Leads } from "./Leads";
import styles from "./marketing.module.css";
import { useLiveLeads } from "./queries";
import { Rules } from "./Rules";
import { Sends } from "./Sends";

const panes = { leads: Leads, rules: Rules, campaigns: Campaigns, funnel: FunnelPane, sends: Sends };
const names = Object.keys(panes) as (keyof typeof panes)[];

export function MarketingPage() {
  const { t } = useTranslation("marketing");
  const [params, setParams] = useSearchParams();
  useLiveLeads();
  const chosen = names.find((name) => name === params.get("tab")) ?? "leads";
  const choose = (tab: string) => setParams({ tab }, { replace: true });
  const phone = Grid.useBreakpoint().md === false;
  const Pane = panes[chosen];
  return (
    <Page title={t("title")} intro={t("intro")}>
      {phone ? (
        <>
          <Select
            aria-label={t("pane")}
            className={styles.pane}
            value={chosen}
            onChange={choose}
            options={names.map((name) => ({ value: name, label: t(name) }))}
          />
          <Pane />
        </>
      ) : (
        <Tabs
          activeKey={chosen}
          onChange={choose}
          destroyOnHidden
          items={names.map((key) => ({ key, label: t(key), children: key === chosen && <Pane /> }))}
        />
      )}
    </Page>
  );
}
