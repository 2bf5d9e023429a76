// Every version of the rules, and the way back to one.
import { useMutation } from "@tanstack/react-query";
import { Button, Flex, Input, Modal, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { moment } from "../../shell/format";
import { toast } from "../../shell/toast";
import { WideTable } from "../../shell/WideTable";
import { type RuleSet, refresh, rollBack } from "./queries";

export function History({ sets, mayWrite }: { sets: RuleSet[]; mayWrite: boolean }) {
  const { t } = useTranslation("compliance");
  const [chosen, setChosen] = useState<RuleSet>();
  const [note, setNote] = useState("");
  const back = useMutation({
    mutationFn: (revision: string) => rollBack(revision, note.trim()),
    onSuccess: async () => {
      await refresh();
      setChosen(undefined);
      setNote("");
      toast.success(t("rolled_back"));
    },
  });
  const current = sets[0]?.revision;
  return (
    <>
      <WideTable<RuleSet>
        label={t("history")}
        least={680}
        size="small"
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        rowKey={(s) => `${s.revision} ${s.at}`}
        dataSource={sets}
        columns={[
          {
            title: t("revision"),
            render: (_, s, n) => (
              <Flex gap="small" align="center">
                <code>{s.revision?.slice(0, 10)}</code>
                {n === 0 && <Tag color="green">{t("in_force")}</Tag>}
              </Flex>
            ),
          },
          { title: t("at"), render: (_, s) => (s.at ? moment(s.at) : "–") },
          { title: t("author"), render: (_, s) => s.author || "–" },
          { title: t("note"), render: (_, s) => s.note || "–" },
          ...(mayWrite
            ? [
                {
                  title: t("what"),
                  render: (_: unknown, s: RuleSet) =>
                    s.revision !== current && (
                      <Button size="small" onClick={() => setChosen(s)}>
                        {t("back")}
                      </Button>
                    ),
                },
              ]
            : []),
        ]}
      />
      <Modal
        open={chosen !== undefined}
        title={t("back_to", { revision: chosen?.revision?.slice(0, 10) })}
        okText={t("back")}
        cancelText={t("cancel")}
        okButtonProps={{ disabled: note.trim() === "", loading: back.isPending }}
        onOk={() => back.mutate(chosen?.revision ?? "")}
        onCancel={() => setChosen(undefined)}
      >
        <Input.TextArea
          aria-label={t("note")}
          placeholder={t("note_hint")}
          value={note}
          maxLength={300}
          onChange={(e) => setNote(e.target.value)}
        />
      </Modal>
    </>
  );
}
