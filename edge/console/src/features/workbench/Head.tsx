// Whose conversation it is, and what can be done with it.
import { ArrowLeftOutlined, EllipsisOutlined, InfoCircleOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button, Dropdown, Flex, Grid, Tag } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { useMay, useMe } from "../../shell/session";
import { toast } from "../../shell/toast";
import styles from "./bench.module.css";
import { useHotkeys } from "./hotkeys";
import { useCustomerName } from "./ListRow";
import { Channel, Mood, Waiting } from "./marks";
import type { Row } from "./model";

const Close = lazy(() => import("./Close"));
const Transfer = lazy(() => import("./Transfer"));

interface Props {
  row: Row;
  back?: () => void;
  side?: () => void;
}

export function Head({ row, back, side }: Props) {
  const { t } = useTranslation("workbench");
  const name = useCustomerName()(row);
  return (
    <header className={styles.head}>
      {back && <Button type="text" icon={<ArrowLeftOutlined />} aria-label={t("back")} onClick={back} />}
      <div className={styles.who}>
        <h2 className={styles.name}>
          <Channel name={row.channel} /> <span className={styles.nameText}>{name}</span>{" "}
          <Mood emotion={row.emotion} />
        </h2>
        <Stage row={row} />
      </div>
      <Actions row={row} />
      {side && <Button icon={<InfoCircleOutlined />} aria-label={t("side")} onClick={side} />}
    </header>
  );
}

function Stage({ row }: { row: Row }) {
  const { t } = useTranslation("workbench");
  const me = useMe();
  const colour = { ai: "blue", queued: "orange", human: "green", closed: "default" }[row.stage] ?? "default";
  return (
    <Flex gap={6} align="center" className={styles.stage}>
      <Tag color={colour}>
        {row.stage === "human"
          ? t(row.agent === me.id ? "with_me" : "with", { name: row.agent_name ?? "" })
          : t(`stage.${row.stage}`, { defaultValue: row.stage })}
      </Tag>
      {row.waiting_since && (
        <span>
          {t("waiting")} <Waiting since={row.waiting_since} />
        </span>
      )}
    </Flex>
  );
}

function Actions({ row }: { row: Row }) {
  const { t } = useTranslation("workbench");
  const { modal } = App.useApp();
  const me = useMe();
  const writes = useMay("conversations", "write");
  const phone = Grid.useBreakpoint().md === false;
  const [dialog, setDialog] = useState<"transfer" | "close">();
  const mine = row.stage === "human" && row.agent === me.id;
  const open = row.stage !== "closed";
  const params = { path: { id: row.id } };
  const accept = useMutation({ mutationFn: () => api.POST("/api/v1/conversations/{id}/accept", { params }) });
  const giveBack = useMutation({
    mutationFn: () => api.POST("/api/v1/conversations/{id}/return", { params }),
    onSuccess: () => toast.success(t("returned")),
  });
  const handBack = () =>
    void modal.confirm({
      title: t("return_sure"),
      okText: t("action.return"),
      onOk: () => giveBack.mutate(),
    });
  const can = {
    a: writes && !mine ? () => accept.mutate() : undefined,
    b: writes && row.stage === "human" ? handBack : undefined,
    t: writes && open ? () => setDialog("transfer") : undefined,
    e: writes && open ? () => setDialog("close") : undefined,
  };
  useHotkeys(can);
  if (!writes) return null;
  const more = [
    { key: "b", extra: "B", label: t("action.return"), disabled: !can.b, onClick: can.b },
    { key: "t", extra: "T", label: t("action.transfer"), disabled: !can.t, onClick: can.t },
    ...(phone ? [{ key: "e", label: t("action.close"), disabled: !can.e, onClick: can.e }] : []),
  ];
  return (
    <Flex gap={8} align="center">
      {can.a && (
        <Button type="primary" onClick={can.a} loading={accept.isPending} aria-keyshortcuts="a" title="A">
          {t(row.stage === "human" ? "action.take" : "action.accept")}
        </Button>
      )}
      {!phone && can.e && (
        <Button onClick={can.e} aria-keyshortcuts="e" title="E">
          {t("action.close")}
        </Button>
      )}
      <Dropdown menu={{ items: more }} trigger={["click"]}>
        <Button icon={<EllipsisOutlined />} aria-label={t("action.more")} loading={giveBack.isPending} />
      </Dropdown>
      <Suspense>
        {dialog === "transfer" && <Transfer row={row} done={() => setDialog(undefined)} />}
        {dialog === "close" && <Close row={row} done={() => setDialog(undefined)} />}
      </Suspense>
    </Flex>
  );
}
