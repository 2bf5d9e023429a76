// A team's name, lead and hours.
import { useMutation } from "@tanstack/react-query";
import { Alert, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { HoursFields } from "./HoursFields";
import { hoursOf, textOf } from "./hours";
import { refresh, type Team, usePeople } from "./queries";

export function TeamForm({ team, close }: { team?: Team; close: () => void }) {
  const { t } = useTranslation(["people", "shell"]);
  const people = usePeople();
  const [name, setName] = useState(team?.name ?? "");
  const [lead, setLead] = useState(team?.lead ?? "");
  const [hours, setHours] = useState(textOf(team?.hours));
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () => {
      const body = { name, lead, hours: hoursOf(hours) };
      if (!team) return api.POST("/api/v1/teams", { body });
      return api.PUT("/api/v1/teams/{id}", { params: { path: { id: team.id } }, body });
    },
    onSuccess: () => {
      close();
      return refresh();
    },
  });
  return (
    <Modal
      open
      width={640}
      title={team ? t("edit_title", { name: team.name }) : t("team_add")}
      onCancel={close}
      onOk={() => save.mutate()}
      okText={t("shell:save")}
      cancelText={t("shell:cancel")}
      confirmLoading={save.isPending}
    >
      <Form layout="vertical">
        {save.error && (
          <Alert type="error" showIcon role="alert" title={save.error.message} style={{ marginBottom: 12 }} />
        )}
        <Form.Item label={t("name")} htmlFor="team-name">
          <Input id="team-name" value={name} maxLength={40} onChange={(e) => setName(e.target.value)} />
        </Form.Item>
        <Form.Item label={t("lead")} htmlFor="team-lead">
          <Select
            id="team-lead"
            value={lead}
            onChange={setLead}
            options={[
              { value: "", label: "—" },
              ...(people.data?.people ?? [])
                .filter((p) => p.active)
                .map((p) => ({ value: p.id, label: p.name })),
            ]}
          />
        </Form.Item>
        <HoursFields value={hours} change={setHours} rule={t("hours_rule_team")} />
      </Form>
    </Modal>
  );
}
