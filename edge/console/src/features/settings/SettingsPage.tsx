// How the product is set up: the providers of models, and the keys of other programs.
import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Page } from "../../shell/Page";
import { Keys } from "./Keys";
import { Providers } from "./Providers";

export function SettingsPage() {
  const { t } = useTranslation("settings");
  const [params, setParams] = useSearchParams();
  return (
    <Page title={t("title")} intro={t("intro")}>
      <Tabs
        activeKey={params.get("tab") ?? "providers"}
        onChange={(tab) => setParams({ tab }, { replace: true })}
        destroyOnHidden
        items={[
          { key: "providers", label: t("providers"), children: <Providers /> },
          { key: "keys", label: t("keys"), children: <Keys /> },
        ]}
      />
    </Page>
  );
}
