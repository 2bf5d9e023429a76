// The way back to an earlier version: what it takes back, and why.
import { useMutation } from "@tanstack/react-query";
import { Alert, Flex, Input, Modal, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { moment } from "../../shell/format";
import { toast } from "../../shell/toast";
import { type RuleSet, refresh, rollBack } from "./queries";
import { Between } from "./Versions";

interface Props {
  set: RuleSet;
  current: string; // the revision in force
  author: string;
  close: () => void;
}

export function RollBack({ set, current, author, close }: Props) {
  const { t } = useTranslation("compliance");
  const [note, setNote] = useState("");
  const revision = set.revision ?? "";
  const back = useMutation({
    mutationFn: () => rollBack(revision, note.trim()),
    meta: { quiet: true },
    onSuccess: async () => {
      await refresh();
      close();
      toast.success(t("rolled_back"));
    },
  });
  return (
    <Modal
      open
      width={760}
      title={t("back_to", { revision })}
      okText={t("back")}
      cancelText={t("cancel")}
      okButtonProps={{ disabled: note.trim() === "", loading: back.isPending }}
      onOk={() => back.mutate()}
      onCancel={close}
    >
      <Flex vertical gap="small">
        <Typography.Text>
          {set.at ? t("back_about", { author, at: moment(set.at) }) : t("back_about_product")}
        </Typography.Text>
        <Between before={current} after={revision} />
        <Input.TextArea
          aria-label={t("note")}
          placeholder={t("note_hint")}
          value={note}
          maxLength={300}
          onChange={(e) => setNote(e.target.value)}
        />
        {back.error && <Alert type="error" showIcon title={back.error.message} />}
      </Flex>
    </Modal>
  );
}
