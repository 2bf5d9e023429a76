// Passing a conversation on: to somebody, or back into the queue for whoever can.
import { useMutation } from "@tanstack/react-query";
import { App, Badge, Flex, Input, Modal, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, api } from "../../api/client";
import type { Request } from "../../api/types";
import { usePeople } from "../../live/live";
import { useMe } from "../../shell/session";
import { usualSkills } from "../../shell/skills";
import { toast } from "../../shell/toast";
import type { Row } from "./model";

type Passed = Request<"/api/v1/conversations/{id}/transfer">;

const dots = { online: "success", away: "warning", offline: "default" } as const;

export default function Transfer({ row, done }: { row: Row; done: () => void }) {
  const { t } = useTranslation("workbench");
  const { modal } = App.useApp();
  const me = useMe();
  const people = usePeople();
  const [to, setTo] = useState<"skill" | "agent">("skill");
  const [skill, setSkill] = useState("");
  const [agent, setAgent] = useState<string>();
  const [note, setNote] = useState("");
  const skills = [...new Set([...usualSkills, ...me.skills])];
  // Whoever takes no conversations may still be there to take this one.
  const colleagues = people.filter((p) => p.id !== row.agent && (p.capacity > 0 || p.status === "online"));
  const pass = useMutation({
    mutationFn: (body: Passed) =>
      api.POST("/api/v1/conversations/{id}/transfer", { params: { path: { id: row.id } }, body }),
    meta: { quiet: true },
    onSuccess: () => {
      toast.success(t("passed_on"));
      done();
    },
    onError: (err, body) => {
      const hesitates = err instanceof ApiError && ["agent_away", "agent_full"].includes(err.code);
      if (!hesitates) return toast.error(err.message);
      modal.confirm({
        title: err.message,
        okText: t("pass_anyway"),
        onOk: () => pass.mutate({ ...body, force: true }),
      });
    },
  });
  return (
    <Modal
      open
      title={t("action.transfer")}
      onCancel={done}
      okText={t("action.transfer")}
      okButtonProps={{ disabled: to === "agent" && !agent }}
      confirmLoading={pass.isPending}
      onOk={() => pass.mutate({ ...(to === "agent" ? { agent } : { skill }), note })}
    >
      <Flex vertical gap={12}>
        <Radio.Group
          optionType="button"
          value={to}
          onChange={(e) => setTo(e.target.value)}
          options={[
            { value: "skill", label: t("to_skill") },
            { value: "agent", label: t("to_person") },
          ]}
        />
        {to === "skill" ? (
          <Select
            aria-label={t("to_skill")}
            value={skill}
            onChange={setSkill}
            options={["", ...skills].map((s) => ({
              value: s,
              label: s ? t(`shell:skill.${s}`, { defaultValue: s }) : t("skill_any"),
            }))}
          />
        ) : (
          <Select
            aria-label={t("to_person")}
            placeholder={t("choose_person")}
            value={agent}
            onChange={setAgent}
            notFoundContent={t("nobody")}
            options={colleagues.map((c) => ({
              value: c.id,
              label: (
                <Badge
                  status={dots[c.status as keyof typeof dots] ?? "default"}
                  text={t("colleague", {
                    name: c.id === me.id ? t("me") : c.name,
                    load: c.load,
                    capacity: c.capacity,
                  })}
                />
              ),
            }))}
          />
        )}
        <Input.TextArea
          value={note}
          onChange={(e) => setNote(e.target.value)}
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={2000}
          placeholder={t("pass_note")}
          aria-label={t("pass_note")}
        />
      </Flex>
    </Modal>
  );
}
