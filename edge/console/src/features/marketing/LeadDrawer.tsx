// All that is known of a lead, and what can be done.
import { Drawer, Grid, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { clock, money } from "../../shell/format";
import { useMay } from "../../shell/session";
import { Queried } from "../../shell/states";
import { Learnt } from "./Learnt";
import styles from "./marketing.module.css";
import { Left, Marked, Reasons, Score } from "./marks";
import { NextStep } from "./NextStep";
import { type Known, useLead } from "./queries";
import { Say } from "./Say";
import { Timeline } from "./Timeline";

interface Props {
  person: string;
  done: () => void; // once it is shut
}

/** The title names the dialog: who it is about. Whoever opened it is focused again once it is shut. */
export function LeadDrawer({ person, done }: Props) {
  const { t } = useTranslation("marketing");
  const lead = useLead(person);
  const wide = Grid.useBreakpoint().md;
  const [open, setOpen] = useState(true);
  const name = lead.data ? lead.data.lead.name || t("nameless") : "";
  return (
    <Drawer
      open={open}
      onClose={() => setOpen(false)}
      afterOpenChange={(shown) => !shown && done()}
      size={wide ? 620 : "100%"}
      title={name ? t("lead_of", { name }) : t("lead")}
    >
      <Queried query={lead}>{(known) => <Content known={known} />}</Queried>
    </Drawer>
  );
}

function Content({ known }: { known: Known }) {
  const { t } = useTranslation("marketing");
  const mayWrite = useMay("outreach", "write");
  const mayRead = useMay("conversations");
  const { lead } = known;
  return (
    <>
      <section className={styles.section}>
        <div className={styles.line}>
          <Score lead={lead} />
          <Tag>{t(`state.${lead.state}`)}</Tag>
          {lead.amount !== undefined && <Tag color="green">{money(lead.amount)}</Tag>}
          {lead.conversation && mayRead && (
            <Link to={`/inbox/${encodeURIComponent(lead.conversation)}`}>{t("conversation")}</Link>
          )}
        </div>
        {lead.text && (
          <p>
            <Marked text={lead.text} spans={lead.hits?.flatMap((hit) => hit.spans) ?? []} />
          </p>
        )}
      </section>
      <section className={styles.section}>
        <h2>{t("next")}</h2>
        <NextStep lead={lead} />
        {lead.next_step !== "nothing" && (
          <div className={styles.line}>
            {known.left.map((a) => (
              <Left key={a.scene} allowance={a} />
            ))}
            {known.left.length === 0 && <span className={styles.fine}>{t("no_window")}</span>}
          </div>
        )}
        {mayWrite && <Say known={known} />}
      </section>
      <section className={styles.section}>
        <h2>{t("score_why")}</h2>
        <Reasons reasons={lead.reasons} />
      </section>
      {known.contacts.length > 0 && (
        <section className={styles.section}>
          <h2>{t("contacts")}</h2>
          {known.contacts.map((c) => (
            <p key={c.kind + c.value + c.at}>
              {t(`contact.${c.kind}`, { defaultValue: c.kind })} {c.value || t("hidden")}{" "}
              <span className={styles.fine}>{clock(c.at)}</span>
            </p>
          ))}
        </section>
      )}
      {mayWrite && <Learnt lead={lead} />}
      <section className={styles.section}>
        <h2>{t("history")}</h2>
        <Timeline history={known.history} sends={known.sends} />
      </section>
    </>
  );
}
