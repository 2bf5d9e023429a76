// From comments to customers: leads, the rules that find them, campaigns, the funnel, and what was said.
import { Grid, Select, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation, useNavigate } from "react-router";
import { Page } from "../../shell/Page";
import styles from "./marketing.module.css";
import { type Pane, paneAt, panes } from "./places";
import { useLiveLeads } from "./queries";

export function MarketingPage() {
  const { t } = useTranslation("marketing");
  const { pathname } = useLocation();
  const navigate = useNavigate();
  useLiveLeads();
  const chosen = panes.find((pane) => `${pathname}/`.startsWith(`${paneAt(pane)}/`));
  const choose = (pane: Pane) => void navigate(paneAt(pane));
  const phone = Grid.useBreakpoint().md === false;
  return (
    <Page title={t("title")} intro={t("intro")}>
      {phone ? (
        <>
          <Select
            aria-label={t("pane")}
            className={styles.pane}
            value={chosen}
            onChange={choose}
            options={panes.map((pane) => ({ value: pane, label: t(pane) }))}
          />
          <Outlet />
        </>
      ) : (
        <Tabs
          activeKey={chosen}
          onChange={(pane) => choose(pane as Pane)}
          destroyOnHidden
          items={panes.map((key) => ({ key, label: t(key), children: key === chosen && <Outlet /> }))}
        />
      )}
    </Page>
  );
}
