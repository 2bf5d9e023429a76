// The ways in, how they fare, and what got stuck behind them.
import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Page } from "../../shell/Page";
import { Channels } from "./Channels";
import { Streams } from "./Streams";
import { Widget } from "./Widget";

export function ChannelsPage() {
  const { t } = useTranslation("channels");
  const [params, setParams] = useSearchParams();
  return (
    <Page title={t("title")} intro={t("intro")}>
      <Tabs
        activeKey={params.get("tab") ?? "channels"}
        onChange={(tab) => setParams({ tab }, { replace: true })}
        destroyOnHidden
        items={[
          { key: "channels", label: t("channels"), children: <Channels /> },
          { key: "widget", label: t("widget"), children: <Widget /> },
          { key: "streams", label: t("streams"), children: <Streams /> },
        ]}
      />
    </Page>
  );
}
