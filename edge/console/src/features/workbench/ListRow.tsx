// One conversation in the list.
import { UserOutlined } from "@ant-design/icons";
import { Avatar, Badge } from "antd";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { clock } from "../../shell/format";
import styles from "./bench.module.css";
import { Channel, Mood, Waiting } from "./marks";
import marks from "./marks.module.css";
import type { Row } from "./model";

interface Props {
  row: Row;
  search: string; // of the page's address, which stays
  open: boolean;
  mine: boolean; // whoever looks has it
}

/** The name by which the staff know a customer. */
export function useCustomerName() {
  const { t } = useTranslation("workbench");
  return (row: Pick<Row, "name" | "customer">) =>
    row.name || t("visitor", { tail: row.customer.slice(-4).toUpperCase() });
}

export const ListRow = memo(function ListRow({ row, search, open, mine }: Props) {
  const { t } = useTranslation("workbench");
  const name = useCustomerName()(row);
  const by = row.last_by === "customer" ? "" : t(`by.${row.last_by}`, { defaultValue: "" });
  const risk = row.scores?.risk.value ?? 0;
  return (
    <Link
      to={`/inbox/${row.id}${search}`}
      className={open ? `${styles.row} ${styles.rowOpen}` : styles.row}
      aria-current={open || undefined}
    >
      <Badge count={row.unread} size="small" overflowCount={99} title={t("unread", { count: row.unread })}>
        <Avatar size={36} className={marks.face}>
          {row.name ? [...name][0] : <UserOutlined />}
        </Avatar>
      </Badge>
      <span className={styles.rowText}>
        <span className={styles.rowTop}>
          <Channel name={row.channel} />
          <strong className={styles.rowName}>{name}</strong>
          <Mood emotion={row.emotion} />
          {risk >= 60 && <span className={styles.risk}>{t("risk_short")}</span>}
          <span className={styles.rowTime}>
            {row.waiting_since ? <Waiting since={row.waiting_since} /> : clock(row.updated)}
          </span>
        </span>
        <span className={styles.rowBottom}>
          <span className={styles.last}>{row.match ?? (by ? `${by}: ${row.last}` : row.last)}</span>
          <Holder row={row} mine={mine} />
        </span>
      </span>
    </Link>
  );
});

/** Who has the conversation. */
function Holder({ row, mine }: { row: Row; mine: boolean }) {
  const { t } = useTranslation("workbench");
  switch (row.stage) {
    case "queued":
      return (
        <span className={styles.queued}>
          {row.position ? t("position", { n: row.position }) : t("stage.queued")}
        </span>
      );
    case "human":
      return <span className={mine ? styles.mine : styles.holder}>{mine ? t("me") : row.agent_name}</span>;
    default:
      return <span className={styles.holder}>{t(`stage.${row.stage}`, { defaultValue: row.stage })}</span>;
  }
}
