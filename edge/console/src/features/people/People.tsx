// The staff: who they are, what they can do, and whether they work here.
import { MoreOutlined, PlusOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Badge, Button, Dropdown, Flex, Input, Switch, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { useMay, useMe } from "../../shell/session";
import { Queried } from "../../shell/states";
import { toast } from "../../shell/toast";
import { WideTable } from "../../shell/WideTable";
import { PersonForm } from "./PersonForm";
import { type Person, refresh, usePeople, useTeams } from "./queries";

const dots: Record<string, "success" | "warning" | "default"> = { online: "success", away: "warning" };

export function People() {
  const { t } = useTranslation(["people", "shell"]);
  const people = usePeople();
  const teams = useTeams();
  const mayChange = useMay("people", "write");
  const [form, setForm] = useState<{ person?: Person }>();
  const [search, setSearch] = useState("");
  const [gone, setGone] = useState(false);
  const team = (id: string) => teams.data?.teams.find((x) => x.id === id)?.name ?? "—";
  const shown = (p: Person) =>
    (gone || p.active) && `${p.id} ${p.name}`.toLowerCase().includes(search.trim().toLowerCase());
  return (
    <Queried query={people}>
      {(data) => (
        <>
          <Flex wrap gap="small" align="center" style={{ marginBottom: 12 }}>
            <Input.Search
              allowClear
              aria-label={t("search")}
              placeholder={t("search")}
              style={{ maxWidth: 240 }}
              onChange={(e) => setSearch(e.target.value)}
            />
            <Flex gap={6} align="center">
              <Switch size="small" aria-label={t("show_gone")} checked={gone} onChange={setGone} />
              {t("show_gone")}
            </Flex>
            {mayChange && (
              <Button type="primary" icon={<PlusOutlined />} onClick={() => setForm({})}>
                {t("add")}
              </Button>
            )}
          </Flex>
          <WideTable<Person>
            rowKey="id"
            dataSource={data.people.filter(shown)}
            pagination={{ hideOnSinglePage: true, pageSize: 50 }}
            least={880}
            label={t("people")}
            columns={[
              {
                title: t("name"),
                render: (_, p) => (
                  <Flex vertical>
                    <Typography.Text strong delete={!p.active}>
                      {p.name}
                    </Typography.Text>
                    <Typography.Text type="secondary">{p.id}</Typography.Text>
                  </Flex>
                ),
              },
              { title: t("role"), render: (_, p) => t(`shell:role.${p.role}`) },
              { title: t("team"), render: (_, p) => team(p.team) },
              {
                title: t("skills"),
                render: (_, p) => (
                  <Flex gap={4} wrap>
                    {p.skills.map((s) => (
                      <Tag key={s}>{t(`shell:skill.${s}`, { defaultValue: s })}</Tag>
                    ))}
                  </Flex>
                ),
              },
              { title: t("load"), render: (_, p) => (p.capacity ? `${p.load} / ${p.capacity}` : "—") },
              { title: t("state"), render: (_, p) => <State person={p} /> },
              ...(mayChange
                ? [
                    {
                      title: t("actions"),
                      render: (_: unknown, p: Person) => (
                        <Actions person={p} edit={() => setForm({ person: p })} />
                      ),
                    },
                  ]
                : []),
            ]}
          />
          {form && (
            <PersonForm
              person={form.person}
              skills={data.skills}
              teams={teams.data?.teams ?? []}
              close={() => setForm(undefined)}
            />
          )}
        </>
      )}
    </Queried>
  );
}

function State({ person }: { person: Person }) {
  const { t } = useTranslation(["people", "shell"]);
  if (!person.active) return <Tag>{t("gone")}</Tag>;
  return (
    <Flex gap="small" wrap>
      <Badge status={dots[person.status] ?? "default"} text={t(`shell:status.${person.status}`)} />
      {person.initial && <Tag color="orange">{t("initial")}</Tag>}
    </Flex>
  );
}

/** Shows a password that is shown this once. */
export function usePasswordShown() {
  const { t } = useTranslation("people");
  const { modal } = App.useApp();
  return (id: string, password: string) =>
    modal.success({
      title: t("password_made", { id }),
      content: (
        <>
          <Typography.Paragraph copyable={{ text: password }} code>
            {password}
          </Typography.Paragraph>
          <Typography.Text type="secondary">{t("password_once")}</Typography.Text>
        </>
      ),
      okText: t("password_noted"),
    });
}

function Actions({ person, edit }: { person: Person; edit: () => void }) {
  const { t } = useTranslation(["people", "shell"]);
  const { modal } = App.useApp();
  const me = useMe();
  const show = usePasswordShown();
  const params = { path: { id: person.id } };
  const reset = useMutation({
    mutationFn: () => take(api.POST("/api/v1/people/{id}/password", { params })),
    onSuccess: (made) => {
      show(person.id, made.password);
      return refresh();
    },
  });
  const logout = useMutation({
    mutationFn: () => take(api.POST("/api/v1/people/{id}/logout", { params })),
    onSuccess: (done) => toast.success(t("logged_out", { count: done.ended })),
  });
  const stand = useMutation({
    mutationFn: (active: boolean) => {
      const { name, role, skills, capacity, team } = person;
      return api.PUT("/api/v1/people/{id}", { params, body: { name, role, skills, capacity, team, active } });
    },
    onSuccess: refresh,
  });
  const sure = (what: "reset" | "logout" | "leave", act: () => void) =>
    modal.confirm({
      title: t(`${what}_sure`, { name: person.name }),
      content: t(`${what}_effect`),
      okText: t(what),
      okButtonProps: { danger: what === "leave" },
      cancelText: t("shell:cancel"),
      onOk: act,
    });
  return (
    <Flex gap="small">
      <Button size="small" onClick={edit}>
        {t("edit")}
      </Button>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            { key: "reset", label: t("reset"), onClick: () => sure("reset", () => reset.mutate()) },
            { key: "logout", label: t("logout"), onClick: () => sure("logout", () => logout.mutate()) },
            person.active
              ? {
                  key: "leave",
                  danger: true,
                  disabled: person.id === me.id,
                  label: t("leave"),
                  onClick: () => sure("leave", () => stand.mutate(false)),
                }
              : { key: "return", label: t("return"), onClick: () => stand.mutate(true) },
          ],
        }}
      >
        <Button size="small" icon={<MoreOutlined />} aria-label={t("more", { name: person.name })} />
      </Dropdown>
    </Flex>
  );
}
