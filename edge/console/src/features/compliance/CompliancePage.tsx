// Compliance's desk: who sees what, the rules behind it, trials of a draft, and its way into force.
import { Alert, Grid, Select, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Page } from "../../shell/Page";
import { useMay } from "../../shell/session";
import { Queried } from "../../shell/states";
import { History } from "./History";
import { Publish } from "./Publish";
import {
  type Draft,
  type Files,
  type RuleSet,
  useDraft,
  useKeepDraft,
  useSets,
  useTableInForce,
} from "./queries";
import { Rules } from "./Rules";
import { Matrix, Table } from "./Table";
import { Trials } from "./Trials";

export function CompliancePage() {
  const { t } = useTranslation("compliance");
  const mayWrite = useMay("policies", "write");
  const sets = useSets();
  return (
    <Queried query={sets}>
      {(known) =>
        mayWrite ? (
          <Writing sets={known} />
        ) : (
          <Page title={t("title")} intro={t("intro")}>
            <Reading sets={known} />
          </Page>
        )
      }
    </Queried>
  );
}

function Reading({ sets }: { sets: RuleSet[] }) {
  const { t } = useTranslation("compliance");
  const table = useTableInForce(true);
  return (
    <Tabs
      items={[
        {
          key: "table",
          label: t("table"),
          children: <Queried query={table}>{(shown) => <Matrix table={shown} />}</Queried>,
        },
        { key: "history", label: t("history"), children: <History sets={sets} mayWrite={false} /> },
      ]}
    />
  );
}

function Writing({ sets }: { sets: RuleSet[] }) {
  const draft = useDraft();
  return <Queried query={draft}>{(kept) => <Desk sets={sets} kept={kept} />}</Queried>;
}

function Desk({ sets, kept }: { sets: RuleSet[]; kept: Draft | null }) {
  const { t } = useTranslation("compliance");
  const [params, setParams] = useSearchParams();
  const keep = useKeepDraft();
  const inForce = sets[0];
  const source = inForce?.files ?? {};
  const files = kept?.files ?? {};
  const base = kept?.base ?? inForce?.revision ?? "";
  const change = (next: Files) => {
    const different = Object.entries(next).filter(([name, text]) => source[name] !== text);
    keep.mutate({ base, files: Object.fromEntries(different) });
  };
  const old = kept !== null && base !== inForce?.revision;
  const phone = Grid.useBreakpoint().md === false;
  const panes = [
    { key: "table", label: t("table"), children: <Table files={files} change={change} /> },
    {
      key: "rules",
      label: t("rules"),
      children: <Rules source={source} files={files} change={change} />,
    },
    { key: "trials", label: t("trials"), children: <Trials files={files} /> },
    { key: "history", label: t("history"), children: <History sets={sets} mayWrite /> },
  ];
  const asked = params.get("tab");
  const chosen = panes.some(({ key }) => key === asked) ? (asked ?? "table") : "table";
  const choose = (tab: string) => setParams({ tab }, { replace: true });
  return (
    <Page
      title={t("title")}
      intro={t("intro")}
      extra={<Publish base={base} files={files} source={source} drop={() => change({})} />}
    >
      {old && <Alert type="warning" showIcon title={t("old")} style={{ marginBottom: 12 }} />}
      {phone ? (
        <>
          <Select
            aria-label={t("pane")}
            style={{ width: "100%", marginBottom: 12 }}
            value={chosen}
            onChange={choose}
            options={panes.map(({ key, label }) => ({ value: key, label }))}
          />
          {panes.find(({ key }) => key === chosen)?.children}
        </>
      ) : (
        <Tabs activeKey={chosen} onChange={choose} destroyOnHidden items={panes} />
      )}
    </Page>
  );
}
