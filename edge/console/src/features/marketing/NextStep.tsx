// What may legally be done next for somebody, why, and when not now: until when.
import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./marketing.module.css";
import { Rest, warm } from "./marks";
import type { Lead } from "./queries";

type Next = Pick<Lead, "next_step" | "allowed" | "because" | "until" | "score">;

export function NextStep({ lead, open }: { lead: Next; open?: () => void }) {
  const { t } = useTranslation("marketing");
  const name = t(`step.${lead.next_step}`);
  // Whoever wrote to us waits for an answer; a comment calls for one when it sounds like buying.
  const pressing =
    lead.next_step !== "agent_task" && (lead.next_step !== "public_reply" || lead.score >= warm);
  return (
    <div className={styles.step}>
      {lead.allowed && open ? (
        <Button type={pressing ? "primary" : "default"} size="small" onClick={open}>
          {name}
        </Button>
      ) : (
        <Tag color={lead.allowed ? "green" : undefined}>{name}</Tag>
      )}
      <p className={styles.fine}>
        {lead.because}
        {lead.until && (
          <>
            {" "}
            {t(lead.allowed ? "shuts_in" : "again_in")} <Rest until={lead.until} />
          </>
        )}
      </p>
    </div>
  );
}
