// What the staff note for each other.
import { DeleteOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Flex, Input, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { clock } from "../../shell/format";
import { useMay, useMe } from "../../shell/session";
import marks from "./marks.module.css";
import type { Customer } from "./model";
import { refreshCustomer } from "./queries";
import styles from "./side.module.css";

export function Notes({ id, notes }: { id: string; notes: Customer["notes"] }) {
  const { t } = useTranslation("workbench");
  const me = useMe();
  const writes = useMay("conversations", "write");
  const leads = useMay("settings", "write");
  const [text, setText] = useState("");
  const add = useMutation({
    mutationFn: () =>
      api.POST("/api/v1/conversations/{id}/notes", { params: { path: { id } }, body: { text: text.trim() } }),
    onSuccess: () => {
      setText("");
      return refreshCustomer(id);
    },
  });
  const strike = useMutation({
    mutationFn: (note: string) => api.DELETE("/api/v1/notes/{id}", { params: { path: { id: note } } }),
    onSuccess: () => refreshCustomer(id),
  });
  return (
    <>
      {writes && (
        <Flex vertical gap={6} align="end">
          <Input.TextArea
            value={text}
            onChange={(e) => setText(e.target.value)}
            onKeyDown={(e) => e.key === "Enter" && (e.ctrlKey || e.metaKey) && text.trim() && add.mutate()}
            autoSize={{ minRows: 1, maxRows: 6 }}
            maxLength={2000}
            placeholder={t("note_new")}
            aria-label={t("note_new")}
          />
          {text.trim() && (
            <Button size="small" type="primary" loading={add.isPending} onClick={() => add.mutate()}>
              {t("note_add")}
            </Button>
          )}
        </Flex>
      )}
      {notes.length === 0 && !writes && <p className={marks.none}>{t("shell:empty")}</p>}
      <ul className={styles.plain}>
        {notes.map((n) => (
          <li key={n.id} className={styles.note}>
            <p>{n.text}</p>
            <Flex justify="space-between" align="center" className={marks.fine}>
              <span>
                {n.name} · {clock(n.at)}
              </span>
              {writes && (n.by === me.id || leads) && (
                <Popconfirm title={t("note_sure")} onConfirm={() => strike.mutate(n.id)}>
                  <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t("note_strike")} />
                </Popconfirm>
              )}
            </Flex>
          </li>
        ))}
      </ul>
    </>
  );
}
