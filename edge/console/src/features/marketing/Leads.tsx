// Whoever commented or wrote, with a score and the next legal step.
import { Button, Grid, Input, Select, Tag } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate, useParams } from "react-router";
import { ago, moment } from "../../shell/format";
import { Failed, Loading, Nothing } from "../../shell/states";
import { Choice } from "./Choice";
import { LeadDrawer } from "./LeadDrawer";
import styles from "./marketing.module.css";
import { Marked, Score } from "./marks";
import { NextStep } from "./NextStep";
import { leadAt, paneAt, useFilters } from "./places";
import { type Filter, type Lead, states, useLeads, useNames, useOwners } from "./queries";

const choices = ["state", "rule", "campaign", "owner", "least"] as const;
const filters = [...choices, "q", "sort"] as const;

type Option = { value: string; label: string };

export function Leads() {
  const { t } = useTranslation("marketing");
  const { filter, change, clear } = useFilters(filters);
  const { person } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  return (
    <>
      <Filters filter={filter} change={change} />
      <List filter={filter} open={(p) => void navigate(leadAt(p, search))} clear={clear} />
      {person && (
        <LeadDrawer key={person} person={person} done={() => void navigate(paneAt("leads") + search)} />
      )}
      <span className={styles.fine}>{t("live_note")}</span>
    </>
  );
}

interface FiltersProps {
  filter: Filter;
  change: (name: keyof Filter, value?: string) => void;
}

function Filters({ filter, change }: FiltersProps) {
  const { t } = useTranslation("marketing");
  const names = useNames();
  const owners = useOwners().data?.owners.map((p) => ({ value: p.id, label: p.name }));
  const phone = Grid.useBreakpoint().md === false;
  const [all, setAll] = useState(false);
  const chosen = choices.filter((name) => filter[name]).length;
  const options: Record<(typeof choices)[number], Option[]> = {
    state: states.map((s) => ({ value: s, label: t(`state.${s}`) })),
    rule: names.rules,
    campaign: names.campaigns,
    owner: owners ?? [],
    least: ["40", "70"].map((least) => ({ value: least, label: t("least", { least }) })),
  };
  return (
    <div className={styles.filters}>
      <Input.Search
        key={filter.q}
        allowClear
        defaultValue={filter.q}
        aria-label={t("search")}
        placeholder={t("search")}
        onSearch={(text) => change("q", text.trim())}
        style={{ maxWidth: phone ? undefined : 280 }}
      />
      {phone && (
        <Button aria-expanded={all} onClick={() => setAll(!all)}>
          {chosen > 0 ? t("filters_chosen", { count: chosen }) : t("filters")}
        </Button>
      )}
      {(!phone || all) &&
        choices.map((name) => (
          <Choice
            key={name}
            label={t(`by_${name}`)}
            value={filter[name]}
            options={options[name]}
            change={(value) => change(name, value)}
          />
        ))}
      {(!phone || all) && (
        <Select
          aria-label={t("sort")}
          value={filter.sort ?? "latest"}
          options={["latest", "score"].map((s) => ({ value: s, label: t(`sort_${s}`) }))}
          onChange={(sort: string) => change("sort", sort === "latest" ? undefined : sort)}
        />
      )}
    </div>
  );
}

interface ListProps {
  filter: Filter;
  open: (person: string) => void;
  clear: () => void;
}

function List({ filter, open, clear }: ListProps) {
  const { t } = useTranslation("marketing");
  const leads = useLeads(filter);
  const all = leads.data?.pages.flatMap((page) => page.leads);
  const fresh = useArrived(all);
  if (leads.error && !all) return <Failed error={leads.error} retry={() => void leads.refetch()} />;
  if (!all) return <Loading />;
  if (all.length === 0) {
    const filtered = Object.values(filter).some(Boolean);
    return (
      <Nothing text={t(filtered ? "none_found" : "no_leads")}>
        {filtered && <Button onClick={clear}>{t("clear")}</Button>}
      </Nothing>
    );
  }
  return (
    <>
      <ul className={styles.rows} aria-label={t("leads")}>
        {all.map((lead) => (
          <li key={lead.person} className={fresh.has(lead.person) ? styles.fresh : undefined}>
            <Row lead={lead} open={() => open(lead.person)} />
          </li>
        ))}
      </ul>
      {leads.hasNextPage && (
        <Button
          block
          style={{ margin: "12px 0" }}
          loading={leads.isFetchingNextPage}
          onClick={() => void leads.fetchNextPage()}
        >
          {t("more")}
        </Button>
      )}
    </>
  );
}

/** Whoever has arrived while the page is open. */
function useArrived(leads?: Lead[]): Set<string> {
  const known = useRef<Set<string>>(undefined);
  const [fresh, setFresh] = useState(new Set<string>());
  useEffect(() => {
    if (!leads) return;
    const before = known.current;
    known.current = new Set([...(before ?? []), ...leads.map((l) => l.person)]);
    if (before) setFresh(new Set(leads.map((l) => l.person).filter((p) => !before.has(p))));
  }, [leads]);
  return fresh;
}

function Row({ lead, open }: { lead: Lead; open: () => void }) {
  const { t } = useTranslation("marketing");
  const spans = lead.hits?.flatMap((hit) => hit.spans) ?? [];
  return (
    <div className={styles.row} data-person={lead.person}>
      <Score lead={lead} />
      <div>
        <div className={styles.line}>
          <button type="button" className={styles.person} onClick={open}>
            {lead.name || t("nameless")}
          </button>
          <Tag>{t(`state.${lead.state}`)}</Tag>
          {lead.contact && <Tag color="green">{t("has_contact")}</Tag>}
          <time className={styles.fine} dateTime={lead.at} title={moment(lead.at)}>
            {ago(lead.at)}
          </time>
        </div>
        {lead.text && <Marked text={lead.text} spans={spans} />}
        <p className={styles.fine}>
          {t(`channel.${lead.channel}`, { defaultValue: lead.channel })}
          {lead.title && ` · ${lead.title}`}
          {lead.hits?.map((hit) => ` · ${hit.name}`)}
          {lead.owner_name && ` · ${t("followed_by", { name: lead.owner_name })}`}
        </p>
      </div>
      <NextStep lead={lead} open={open} />
    </div>
  );
}
