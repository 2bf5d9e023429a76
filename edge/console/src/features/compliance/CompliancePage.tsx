// Compliance's desk: who sees what, the rules behind it, trials of a draft, its way into force, and every version.
import { Grid, Select, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { Place } from "../../editor";
import { Page } from "../../shell/Page";
import { useMay } from "../../shell/session";
import { Queried } from "../../shell/states";
import { useDesk } from "./desk";
import { Meanwhile } from "./Meanwhile";
import { Publish } from "./Publish";
import { type Draft, type Known, type RuleSet, useDraft, useSets, useTableInForce } from "./queries";
import { Replay } from "./Replay";
import { Rules } from "./Rules";
import { Matrix, Table } from "./Table";
import { Tests } from "./Tests";
import { Versions } from "./Versions";

export function CompliancePage() {
  const { t } = useTranslation("compliance");
  const mayWrite = useMay("policies", "write");
  const sets = useSets();
  return (
    <Queried query={sets}>
      {(known) =>
        mayWrite ? (
          <Writing known={known} />
        ) : (
          <Page title={t("title")} intro={t("intro")}>
            <Reading known={known} />
          </Page>
        )
      }
    </Queried>
  );
}

function Reading({ known }: { known: Known }) {
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
        { key: "history", label: t("history"), children: <Versions known={known} mayWrite={false} /> },
      ]}
    />
  );
}

function Writing({ known }: { known: Known }) {
  const draft = useDraft();
  const inForce = known.sets[0];
  if (!inForce) return null; // the product comes with a version
  return <Queried query={draft}>{(kept) => <Panes known={known} kept={kept} inForce={inForce} />}</Queried>;
}

function Panes({ known, kept, inForce }: { known: Known; kept: Draft | null; inForce: RuleSet }) {
  const { t } = useTranslation("compliance");
  const [params, setParams] = useSearchParams();
  const [place, setPlace] = useState<Place>();
  const desk = useDesk(kept, inForce);
  const choose = (tab: string) => {
    void desk.save();
    setPlace(undefined);
    setParams({ ...Object.fromEntries(params), tab }, { replace: true });
  };
  const show = (file: string, at?: Place) => {
    setPlace(at);
    setParams({ tab: "rules", file }, { replace: true });
  };
  const panes = [
    { key: "table", label: t("table"), children: <Table files={desk.files} change={desk.change} /> },
    {
      key: "rules",
      label: t("rules"),
      children: (
        <Rules desk={desk} name={params.get("file") ?? "may_reveal.rego"} place={place} show={show} />
      ),
    },
    { key: "tests", label: t("tests"), children: <Tests desk={desk} show={show} /> },
    { key: "replay", label: t("replay"), children: <Replay files={desk.files} /> },
    { key: "history", label: t("history"), children: <Versions known={known} mayWrite /> },
  ];
  const asked = params.get("tab");
  const chosen = panes.find(({ key }) => key === asked)?.key ?? "table";
  const phone = Grid.useBreakpoint().md === false;
  return (
    <Page title={t("title")} intro={t("intro")} extra={<Publish desk={desk} known={known} />}>
      {desk.old && <Meanwhile known={known} desk={desk} />}
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
