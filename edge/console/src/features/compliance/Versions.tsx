// Every version of the rules: who published it when and why, what it changed, and the way back to one.
import { Button, Drawer, Flex, Grid, Select, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { moment } from "../../shell/format";
import { Failed, Loading } from "../../shell/states";
import { WideTable } from "../../shell/WideTable";
import styles from "./compliance.module.css";
import { Difference } from "./Difference";
import { type Known, type RuleSet, useVersion } from "./queries";
import { RollBack } from "./RollBack";

interface Pair {
  before: string;
  after: string;
}

export function Versions({ known, mayWrite }: { known: Known; mayWrite: boolean }) {
  const [compared, setCompared] = useState<Pair>();
  const [back, setBack] = useState<RuleSet>();
  const current = known.sets[0]?.revision;
  const narrow = Grid.useBreakpoint().md === false;
  const List = narrow ? Cards : Rows;
  return (
    <>
      <List known={known} mayWrite={mayWrite} compare={setCompared} rollBack={setBack} />
      {compared && (
        <Compare known={known} pair={compared} choose={setCompared} close={() => setCompared(undefined)} />
      )}
      {back && current && (
        <RollBack
          set={back}
          current={current}
          close={() => setBack(undefined)}
          author={authorOf(known, back)}
        />
      )}
    </>
  );
}

interface ListProps {
  known: Known;
  mayWrite: boolean;
  compare: (pair: Pair) => void;
  rollBack: (set: RuleSet) => void;
}

function Rows(props: ListProps) {
  const { t } = useTranslation("compliance");
  const { known } = props;
  return (
    <WideTable<RuleSet>
      label={t("history")}
      least={760}
      size="small"
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      rowKey={keyOf}
      dataSource={known.sets}
      columns={[
        { title: t("revision"), width: 190, render: (_, s) => <Revision set={s} known={known} /> },
        { title: t("at"), width: 165, render: (_, s) => (s.at ? moment(s.at) : t("with_product")) },
        { title: t("author"), width: 130, render: (_, s) => authorOf(known, s) },
        { title: t("note"), render: (_, s) => <Note set={s} /> },
        { title: t("what"), width: 230, render: (_, s) => <Actions {...props} set={s} /> },
      ]}
    />
  );
}

/** The same for a narrow screen. */
function Cards(props: ListProps) {
  const { t } = useTranslation("compliance");
  const { known } = props;
  return (
    <ul className={styles.versions} aria-label={t("history")}>
      {known.sets.map((s) => (
        <li key={keyOf(s)}>
          <div className={styles.version}>
            <Revision set={s} known={known} />
            <span>
              {s.at ? moment(s.at) : t("with_product")} · {authorOf(known, s)}
            </span>
            <Note set={s} />
            <Actions {...props} set={s} />
          </div>
        </li>
      ))}
    </ul>
  );
}

const keyOf = (s: RuleSet) => `${s.revision} ${s.at}`;

function Revision({ set, known }: { set: RuleSet; known: Known }) {
  const { t } = useTranslation("compliance");
  return (
    <Flex gap="small" align="center">
      <code>{set.revision}</code>
      {set === known.sets[0] && <Tag color="green">{t("in_force")}</Tag>}
    </Flex>
  );
}

function Note({ set }: { set: RuleSet }) {
  const { t } = useTranslation("compliance");
  return <span>{set.at ? set.note || "–" : t("note_product")}</span>;
}

/** What can be done with a version. */
function Actions({ known, mayWrite, compare, rollBack, set }: ListProps & { set: RuleSet }) {
  const { t } = useTranslation("compliance");
  const { revision } = set;
  const earlier = known.sets[known.sets.indexOf(set) + 1]?.revision;
  if (!revision) return null;
  return (
    <Flex wrap gap="small">
      {earlier && (
        <Button
          size="small"
          aria-label={t("changes_of", { revision })}
          onClick={() => compare({ before: earlier, after: revision })}
        >
          {t("changes")}
        </Button>
      )}
      {mayWrite && revision !== known.sets[0]?.revision && (
        <Button size="small" aria-label={t("back_here_of", { revision })} onClick={() => rollBack(set)}>
          {t("back_here")}
        </Button>
      )}
    </Flex>
  );
}

/** Who published a version, by name. */
export function authorOf(known: Known, set: RuleSet): string {
  return known.people[set.author] ?? set.author;
}

/** Any two versions, beside one another. */
function Compare({
  known,
  pair,
  choose,
  close,
}: {
  known: Known;
  pair: Pair;
  choose: (pair: Pair) => void;
  close: () => void;
}) {
  const { t } = useTranslation("compliance");
  const narrow = Grid.useBreakpoint().md === false;
  const seen = new Set<string>();
  const options = known.sets.flatMap((s) => {
    const revision = s.revision ?? "";
    if (seen.has(revision)) return []; // a version that came back into force is the same
    seen.add(revision);
    const at = s.at ? moment(s.at) : t("with_product");
    return [{ value: revision, label: `${revision} · ${at} · ${authorOf(known, s)}` }];
  });
  return (
    <Drawer open onClose={close} title={t("compare")} size={narrow ? "100%" : 880}>
      <Flex vertical gap="middle">
        <Flex wrap gap="small" align="center">
          <Typography.Text>{t("from_version")}</Typography.Text>
          <Select
            aria-label={t("from_version")}
            value={pair.before}
            options={options}
            onChange={(before) => choose({ ...pair, before })}
            style={{ minWidth: 200, maxWidth: "100%" }}
            popupMatchSelectWidth={false}
          />
          <Typography.Text>{t("to_version")}</Typography.Text>
          <Select
            aria-label={t("to_version")}
            value={pair.after}
            options={options}
            onChange={(after) => choose({ ...pair, after })}
            style={{ minWidth: 200, maxWidth: "100%" }}
            popupMatchSelectWidth={false}
          />
        </Flex>
        <Between before={pair.before} after={pair.after} />
      </Flex>
    </Drawer>
  );
}

/** What a version says otherwise than another. */
export function Between({ before, after }: Pair) {
  const a = useVersion(before);
  const b = useVersion(after);
  const error = a.error ?? b.error;
  if (error) return <Failed error={error} />;
  if (!a.data || !b.data) return <Loading />;
  return <Difference before={a.data} after={b.data} />;
}
