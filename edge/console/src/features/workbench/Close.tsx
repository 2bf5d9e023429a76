// Closing: a reason, and a summary that is written already.
import { useMutation, useQuery } from "@tanstack/react-query";
import { Flex, Input, Modal, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { Queried } from "../../shell/states";
import { toast } from "../../shell/toast";
import marks from "./marks.module.css";
import type { Row } from "./model";
import styles from "./side.module.css";

const longest = 2000;

export default function Close({ row, done }: { row: Row; done: () => void }) {
  const { t } = useTranslation("workbench");
  const params = { path: { id: row.id } };
  const written = useQuery({
    queryKey: ["summary", row.id, row.seq],
    queryFn: () => take(api.GET("/api/v1/conversations/{id}/summary", { params })),
    gcTime: 0,
  });
  const [reason, setReason] = useState<string>();
  const [summary, setSummary] = useState<string>();
  const body = {
    reason: reason ?? written.data?.reason ?? "solved",
    summary: summary ?? written.data?.text ?? "",
  };
  const close = useMutation({
    mutationFn: () => api.POST("/api/v1/conversations/{id}/close", { params, body }),
    onSuccess: () => {
      toast.success(t("closed"));
      done();
    },
  });
  return (
    <Modal
      open
      title={t("action.close")}
      onCancel={done}
      onOk={() => close.mutate()}
      okText={t("action.close")}
      confirmLoading={close.isPending}
      okButtonProps={{ disabled: !written.data && !written.error }}
    >
      <Queried query={written}>
        {({ reasons, by }) => (
          <Flex vertical gap={12}>
            <Radio.Group
              className={styles.reasons}
              aria-label={t("reason_label")}
              value={body.reason}
              onChange={(e) => setReason(e.target.value)}
              options={reasons.map((r) => ({ value: r.key, label: r.name }))}
            />
            <label>
              {t("summary")}
              <Input.TextArea
                autoFocus
                value={body.summary}
                autoSize={{ minRows: 6, maxRows: 12 }}
                maxLength={longest}
                onChange={(e) => setSummary(e.target.value)}
                onKeyDown={(e) => e.key === "Enter" && (e.ctrlKey || e.metaKey) && close.mutate()}
              />
            </label>
            <span className={marks.fine}>
              {by === "builtin" ? t("summary_by.builtin") : t("summary_by.model", { name: by })}
              {" · "}
              {t("summary_tip")}
            </span>
          </Flex>
        )}
      </Queried>
    </Modal>
  );
}
