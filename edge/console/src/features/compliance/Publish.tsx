// A draft's way into force: what it changes, why, and although tests fail when that is meant.
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Flex, Input, Modal, Popconfirm, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api/client";
import { toast } from "../../shell/toast";
import { difference } from "./difference";
import { type Files, publish, refresh } from "./queries";

interface Props {
  base: string;
  files: Files;
  source: Files; // in force
  drop: () => void;
}

export function Publish({ base, files, source, drop }: Props) {
  const { t } = useTranslation("compliance");
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState("");
  const [despite, setDespite] = useState(false);
  const names = Object.keys(files).sort();
  const send = useMutation({
    mutationFn: () => publish({ base, files, note: note.trim(), despite }),
    meta: { quiet: true },
    onSuccess: async () => {
      await refresh();
      setOpen(false);
      setNote("");
      setDespite(false);
      toast.success(t("published"));
    },
  });
  const failing = send.error instanceof ApiError && send.error.code === "rules_tests_failed";
  if (names.length === 0) return <Tag>{t("no_draft")}</Tag>;
  return (
    <>
      <Tag color="blue">{t("draft", { n: names.length })}</Tag>
      <Popconfirm title={t("drop_sure")} okText={t("drop")} cancelText={t("cancel")} onConfirm={drop}>
        <Button>{t("drop")}</Button>
      </Popconfirm>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t("publish")}
      </Button>
      <Modal
        open={open}
        width={720}
        title={t("publish")}
        okText={t("publish_now")}
        cancelText={t("cancel")}
        okButtonProps={{ disabled: note.trim() === "", loading: send.isPending }}
        onOk={() => send.mutate()}
        onCancel={() => setOpen(false)}
      >
        <Flex vertical gap="small">
          {names.map((name) => (
            <section key={name} aria-label={name}>
              <Typography.Text strong>{name}</Typography.Text>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
              <pre tabIndex={0} style={{ margin: 0, maxHeight: 240, overflow: "auto" }}>
                {difference(source[name] ?? "", files[name] ?? "")}
              </pre>
            </section>
          ))}
          <Input.TextArea
            aria-label={t("note")}
            placeholder={t("note_hint")}
            value={note}
            maxLength={300}
            onChange={(e) => setNote(e.target.value)}
          />
          {send.error && <Alert type="error" showIcon title={send.error.message} />}
          {failing && (
            <Checkbox checked={despite} onChange={(e) => setDespite(e.target.checked)}>
              {t("despite")}
            </Checkbox>
          )}
        </Flex>
      </Modal>
    </>
  );
}
