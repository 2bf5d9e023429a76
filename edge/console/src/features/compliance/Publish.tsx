// A draft's way into force: what it changes, why, and although tests fail when that is meant.
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Flex, Input, Modal, Popconfirm, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api/client";
import { toast } from "../../shell/toast";
import { Difference } from "./Difference";
import type { Desk } from "./desk";
import { Meanwhile } from "./Meanwhile";
import { type Known, publish, refresh } from "./queries";

export function Publish({ desk, known }: { desk: Desk; known: Known }) {
  const { t } = useTranslation("compliance");
  const [open, setOpen] = useState(false);
  const drop = useMutation({ mutationFn: desk.drop });
  if (!desk.written) return <Tag>{t("no_draft")}</Tag>;
  return (
    <>
      <Tag color="blue">{t("draft", { n: Object.keys(desk.files).length })}</Tag>
      <Popconfirm
        title={t("drop_sure")}
        okText={t("drop")}
        cancelText={t("cancel")}
        onConfirm={() => drop.mutate()}
      >
        <Button loading={drop.isPending}>{t("drop")}</Button>
      </Popconfirm>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t("publish")}
      </Button>
      {open && <Dialog desk={desk} known={known} close={() => setOpen(false)} />}
    </>
  );
}

function Dialog({ desk, known, close }: { desk: Desk; known: Known; close: () => void }) {
  const { t } = useTranslation("compliance");
  const [note, setNote] = useState("");
  const [despite, setDespite] = useState(false);
  const { base, files, source } = desk;
  const send = useMutation({
    mutationFn: async () => {
      await desk.save(); // what is still on its way must not arrive after the draft is gone
      await publish({ base, files, note: note.trim(), despite });
    },
    meta: { quiet: true },
    onSuccess: async () => {
      close();
      toast.success(t("published"));
      await desk.published();
    },
    onError: refresh,
  });
  const code = send.error instanceof ApiError ? send.error.code : "";
  const changed = Object.fromEntries(Object.keys(files).map((name) => [name, source[name] ?? ""]));
  return (
    <Modal
      open
      width={760}
      title={t("publish")}
      okText={t("publish_now")}
      cancelText={t("cancel")}
      okButtonProps={{ disabled: note.trim() === "" || desk.old, loading: send.isPending }}
      onOk={() => send.mutate()}
      onCancel={close}
    >
      <Flex vertical gap="small">
        {desk.old && <Meanwhile known={known} desk={desk} />}
        <Difference before={changed} after={files} />
        <Input.TextArea
          aria-label={t("note")}
          placeholder={t("note_hint")}
          value={note}
          maxLength={300}
          onChange={(e) => setNote(e.target.value)}
        />
        {send.error && !(desk.old && code === "policies_changed_meanwhile") && (
          <Alert
            type="error"
            showIcon
            title={<span style={{ whiteSpace: "pre-wrap" }}>{send.error.message}</span>}
          />
        )}
        {code === "rules_tests_failed" && (
          <Checkbox checked={despite} onChange={(e) => setDespite(e.target.checked)}>
            {t("despite")}
          </Checkbox>
        )}
      </Flex>
    </Modal>
  );
}
