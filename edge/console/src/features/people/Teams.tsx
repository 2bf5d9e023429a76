// The teams, and whether they work now.
import { PlusOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Card, Flex, Popconfirm, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { useMay } from "../../shell/session";
import { Nothing, Queried } from "../../shell/states";
import { CompanyCard } from "./Company";
import { Opening } from "./Opening";
import { refresh, type Team, usePeople, useTeams } from "./queries";
import { TeamForm } from "./TeamForm";

export function Teams() {
  const { t } = useTranslation(["people", "shell"]);
  const teams = useTeams();
  const mayChange = useMay("people", "write");
  const [form, setForm] = useState<{ team?: Team }>();
  return (
    <Queried query={teams}>
      {(data) => (
        <>
          <CompanyCard company={data.company} mayChange={mayChange} />
          {mayChange && (
            <Button
              type="primary"
              icon={<PlusOutlined />}
              onClick={() => setForm({})}
              style={{ marginBottom: 12 }}
            >
              {t("team_add")}
            </Button>
          )}
          {data.teams.length === 0 && <Nothing text={t("team_empty")} />}
          <Flex wrap gap="middle">
            {data.teams.map((team) => (
              <TeamCard key={team.id} team={team} edit={mayChange ? () => setForm({ team }) : undefined} />
            ))}
          </Flex>
          {form && <TeamForm team={form.team} close={() => setForm(undefined)} />}
        </>
      )}
    </Queried>
  );
}

function TeamCard({ team, edit }: { team: Team; edit?: () => void }) {
  const { t } = useTranslation(["people", "shell"]);
  const people = usePeople();
  const name = (id: string) => people.data?.people.find((p) => p.id === id)?.name ?? id;
  const remove = useMutation({
    mutationFn: () => api.DELETE("/api/v1/teams/{id}", { params: { path: { id: team.id } } }),
    onSuccess: refresh,
  });
  return (
    <Card
      title={team.name}
      style={{ width: 340, maxWidth: "100%" }}
      extra={<Opening open={team.open} next={team.next} />}
    >
      {(team.hours.week ?? []).length === 0 && (
        <Typography.Paragraph type="secondary">{t("hours_of_company")}</Typography.Paragraph>
      )}
      <Typography.Paragraph>
        {t("lead")}: {team.lead ? name(team.lead) : "—"}
      </Typography.Paragraph>
      <Flex wrap gap={4} style={{ minHeight: 24, marginBottom: 12 }}>
        {team.members.length ? team.members.map((m) => <Tag key={m}>{name(m)}</Tag>) : t("no_members")}
      </Flex>
      {edit && (
        <Flex gap="small">
          <Button size="small" onClick={edit}>
            {t("edit")}
          </Button>
          <Popconfirm
            title={t("team_remove_sure", { name: team.name })}
            okText={t("shell:delete")}
            cancelText={t("shell:cancel")}
            onConfirm={() => remove.mutate()}
          >
            <Button size="small" danger>
              {t("shell:delete")}
            </Button>
          </Popconfirm>
        </Flex>
      )}
    </Card>
  );
}
