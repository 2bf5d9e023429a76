// What one of the staff found out about a lead: a number, a purchase, that they want no more, a remark; and who follows up.
import { useMutation } from "@tanstack/react-query";
import { App, Button, Input, InputNumber, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import type { Request } from "../../api/types";
import { toast } from "../../shell/toast";
import styles from "./marketing.module.css";
import { type Lead, refreshLeads, useOwners } from "./queries";

type Note = Request<"/api/v1/leads/{person}/note">;

const header = () => ({ "Idempotency-Key": crypto.randomUUID() });

export function Learnt({ lead }: { lead: Lead }) {
  const { t } = useTranslation(["marketing", "shell"]);
  const { modal } = App.useApp();
  const [asking, setAsking] = useState<"won" | "contacted" | "remark">();
  const person = { path: { person: lead.person } };
  const note = useMutation({
    mutationFn: (body: Note) =>
      take(api.POST("/api/v1/leads/{person}/note", { params: { ...person, header: header() }, body })),
    onSuccess: () => {
      setAsking(undefined);
      toast.success(t("noted"));
      return refreshLeads();
    },
  });
  const sure = (kind: "opted_out" | "opted_in" | "lost") =>
    modal.confirm({
      title: t(`sure.${kind}`),
      content: t(`effect.${kind}`),
      okText: t("shell:confirm"),
      cancelText: t("shell:cancel"),
      onOk: () => note.mutateAsync({ kind }),
    });
  const optedOut = lead.next_step === "nothing" && lead.why === "opted_out";
  return (
    <section className={styles.section}>
      <h2>{t("follow")}</h2>
      <div className={styles.line}>
        <Owner lead={lead} />
        <Button onClick={() => setAsking("remark")}>{t("do.remark")}</Button>
        <Button onClick={() => setAsking("contacted")}>{t("do.contacted")}</Button>
        <Button onClick={() => note.mutate({ kind: "qualified" })}>{t("do.qualified")}</Button>
        <Button onClick={() => setAsking("won")}>{t("do.won")}</Button>
        <Button onClick={() => sure("lost")}>{t("do.lost")}</Button>
        {optedOut ? (
          <Button onClick={() => sure("opted_in")}>{t("do.opted_in")}</Button>
        ) : (
          <Button danger onClick={() => sure("opted_out")}>
            {t("do.opted_out")}
          </Button>
        )}
      </div>
      {asking && (
        <Ask kind={asking} busy={note.isPending} close={() => setAsking(undefined)} done={note.mutate} />
      )}
    </section>
  );
}

/** Who follows up. */
function Owner({ lead }: { lead: Lead }) {
  const { t } = useTranslation("marketing");
  const people = useOwners().data?.owners.map((p) => ({ value: p.id, label: p.name }));
  const assign = useMutation({
    mutationFn: (owner: string) =>
      take(
        api.POST("/api/v1/leads/{person}/assign", {
          params: { path: { person: lead.person }, header: header() },
          body: { owner },
        }),
      ),
    onSuccess: refreshLeads,
  });
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      aria-label={t("owner")}
      placeholder={t("owner")}
      style={{ minWidth: 150 }}
      loading={assign.isPending}
      value={lead.owner || undefined}
      options={people}
      onChange={(owner?: string) => assign.mutate(owner ?? "")}
    />
  );
}

interface AskProps {
  kind: "won" | "contacted" | "remark";
  busy: boolean;
  close: () => void;
  done: (note: Note) => void;
}

/** Asks for what belongs to a note. */
function Ask({ kind, busy, close, done }: AskProps) {
  const { t } = useTranslation(["marketing", "shell"]);
  const [text, setText] = useState("");
  const [yuan, setYuan] = useState<number | null>(null);
  const ready = kind === "won" ? yuan !== null : text.trim() !== "";
  const save = () => {
    if (kind === "won") done({ kind, amount: Math.round((yuan ?? 0) * 100) });
    else if (kind === "contacted") done({ kind, contact: text.trim() });
    else done({ kind, text: text.trim() });
  };
  return (
    <Modal
      open
      title={t(`do.${kind}`)}
      onCancel={close}
      onOk={save}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={busy}
      okText={t("shell:save")}
      cancelText={t("shell:cancel")}
    >
      {kind === "won" ? (
        <InputNumber
          autoFocus
          min={0}
          precision={2}
          prefix="¥"
          style={{ width: "100%" }}
          aria-label={t("amount")}
          placeholder={t("amount")}
          value={yuan}
          onChange={setYuan}
        />
      ) : (
        <Input.TextArea
          autoFocus
          maxLength={500}
          autoSize={{ minRows: kind === "remark" ? 3 : 1 }}
          aria-label={t(`ask.${kind}`)}
          placeholder={t(`ask.${kind}`)}
          value={text}
          onChange={(e) => setText(e.target.value)}
        />
      )}
    </Modal>
  );
}
