// Who works here: people, teams with their hours, and what each role may use.
import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Page } from "../../shell/Page";
import { People } from "./People";
import { Roles } from "./Roles";
import { Teams } from "./Teams";

export function PeoplePage() {
  const { t } = useTranslation("people");
  const [params, setParams] = useSearchParams();
  return (
    <Page title={t("title")} intro={t("intro")}>
      <Tabs
        activeKey={params.get("tab") ?? "people"}
        onChange={(tab) => setParams({ tab }, { replace: true })}
        destroyOnHidden
        items={[
          { key: "people", label: t("people"), children: <People /> },
          { key: "teams", label: t("teams"), children: <Teams /> },
          { key: "roles", label: t("roles"), children: <Roles /> },
        ]}
      />
    </Page>
  );
}
