// What the company knows: articles, what a question finds, and what nobody could answer.
import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Page } from "../../shell/Page";
import { useMay } from "../../shell/session";
import { Articles } from "./Articles";
import { Gaps } from "./Gaps";
import { Published } from "./Published";
import { Search } from "./Search";

export function KnowledgePage() {
  const { t } = useTranslation("knowledge");
  const mayWrite = useMay("knowledge", "write");
  const [params, setParams] = useSearchParams();
  const items = [
    { key: "articles", label: t("articles"), children: mayWrite ? <Articles /> : <Published /> },
    { key: "search", label: t("try"), children: <Search /> },
    { key: "gaps", label: t("gaps"), children: <Gaps mayWrite={mayWrite} /> },
  ];
  return (
    <Page title={t("title")} intro={t("intro")}>
      <Tabs
        activeKey={params.get("tab") ?? "articles"}
        onChange={(tab) => setParams({ tab }, { replace: true })}
        destroyOnHidden
        items={items}
      />
    </Page>
  );
}
