// Adds somebody, or changes what is known about them.
import { useMutation } from "@tanstack/react-query";
import { Alert, Form, Input, InputNumber, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import type { Request } from "../../api/types";
import { usualSkills } from "../../shell/skills";
import { usePasswordShown } from "./People";
import { type Person, refresh, roleNames, type Team } from "./queries";

type Entries = Request<"/api/v1/people">;

interface Props {
  person?: Person; // somebody new when left out
  skills: string[];
  teams: Team[];
  close: () => void;
}

export function PersonForm({ person, skills, teams, close }: Props) {
  const { t } = useTranslation(["people", "shell"]);
  const [form] = Form.useForm<Entries>();
  const show = usePasswordShown();
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: async (e: Entries) => {
      const body = { ...e, team: e.team ?? "" };
      if (!person) return take(api.POST("/api/v1/people", { body }));
      const { id: _, ...changed } = body;
      await api.PUT("/api/v1/people/{id}", {
        params: { path: { id: person.id } },
        body: { ...changed, active: person.active },
      });
      return undefined;
    },
    onSuccess: (made) => {
      close();
      if (made) show(made.person.id, made.password);
      return refresh();
    },
  });
  return (
    <Modal
      open
      title={person ? t("edit_title", { name: person.name }) : t("add")}
      onCancel={close}
      onOk={form.submit}
      okText={t("shell:save")}
      cancelText={t("shell:cancel")}
      confirmLoading={save.isPending}
    >
      <Form<Entries>
        form={form}
        layout="vertical"
        initialValues={person ?? { role: "agent", team: "", capacity: 5, skills: [] }}
        onFinish={(e) => save.mutate(e)}
      >
        {save.error && (
          <Alert type="error" showIcon role="alert" title={save.error.message} style={{ marginBottom: 12 }} />
        )}
        <Form.Item
          name="id"
          label={t("user")}
          extra={person ? undefined : t("user_rule")}
          rules={[{ required: true, message: t("needed") }]}
        >
          <Input disabled={!!person} maxLength={32} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="name"
          label={t("name")}
          extra={t("name_rule")}
          rules={[{ required: true, message: t("needed") }]}
        >
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="role" label={t("role")}>
          <Select options={roleNames.map((r) => ({ value: r, label: t(`shell:role.${r}`) }))} />
        </Form.Item>
        <Form.Item name="team" label={t("team")}>
          <Select
            options={[
              { value: "", label: t("no_team") },
              ...teams.map((x) => ({ value: x.id, label: x.name })),
            ]}
          />
        </Form.Item>
        <Form.Item name="skills" label={t("skills")} extra={t("skills_rule")}>
          <Select
            mode="tags"
            tokenSeparators={[" ", ","]}
            showSearch={{ optionFilterProp: "label" }}
            options={[...new Set([...usualSkills, ...skills])].map((s) => ({
              value: s,
              label: t(`shell:skill.${s}`, { defaultValue: s }),
            }))}
          />
        </Form.Item>
        <Form.Item name="capacity" label={t("capacity")}>
          <InputNumber min={0} max={50} precision={0} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
