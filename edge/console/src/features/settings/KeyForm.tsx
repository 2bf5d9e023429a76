// Makes a key: in which role, for what, and for how long. Its secret is shown once.
import { useMutation } from "@tanstack/react-query";
import { Alert, App, Checkbox, Form, Input, Modal, Select, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import type { Request } from "../../api/types";
import { refreshKeys, roleNames, useScopeName, useScopes } from "./queries";

type Entries = Request<"/api/v1/keys">;

const lives = [30, 90, 365, 0] as const; // days

/** Refuses an empty list. A group of boxes is not a field that can be said to be required. */
async function some(chosen: string[], otherwise: string) {
  if (chosen.length === 0) throw new Error(otherwise);
}

export function KeyForm({ close }: { close: () => void }) {
  const { t } = useTranslation(["settings", "shell"]);
  const { modal } = App.useApp();
  const [form] = Form.useForm<Entries>();
  const role = Form.useWatch("role", form) ?? "marketing";
  const scopes = useScopes(role);
  const name = useScopeName();
  const make = useMutation({
    meta: { quiet: true },
    mutationFn: (body: Entries) => take(api.POST("/api/v1/keys", { body })),
    onSuccess: (made) => {
      close();
      modal.success({
        title: t("key_made", { name: made.key.name }),
        content: (
          <>
            <Typography.Paragraph code copyable style={{ wordBreak: "break-all" }}>
              {made.secret}
            </Typography.Paragraph>
            <Typography.Paragraph type="secondary">{t("key_once")}</Typography.Paragraph>
            <Typography.Text type="secondary">{t("key_use")}</Typography.Text>
          </>
        ),
        okText: t("key_noted"),
      });
      return refreshKeys();
    },
  });
  return (
    <Modal
      open
      title={t("key_add")}
      onCancel={close}
      onOk={form.submit}
      okText={t("key_make")}
      cancelText={t("shell:cancel")}
      confirmLoading={make.isPending}
    >
      <Form<Entries>
        form={form}
        layout="vertical"
        initialValues={{ role: "marketing", days: 90, scopes: [] }}
        onFinish={(e) => make.mutate(e)}
      >
        {make.error && (
          <Alert type="error" showIcon role="alert" title={make.error.message} style={{ marginBottom: 12 }} />
        )}
        <Form.Item name="name" label={t("name")} rules={[{ required: true, message: t("needed") }]}>
          <Input maxLength={40} placeholder={t("name_example")} />
        </Form.Item>
        <Form.Item name="role" label={t("role")} extra={t("role_rule")}>
          <Select
            options={roleNames.map((r) => ({ value: r, label: t(`shell:role.${r}`) }))}
            onChange={() => form.setFieldValue("scopes", [])}
          />
        </Form.Item>
        <Form.Item
          name="scopes"
          label={t("scopes")}
          extra={t("scopes_rule")}
          rules={[{ validator: (_, chosen: string[]) => some(chosen, t("scopes_needed")) }]}
        >
          <Checkbox.Group options={scopes.map((s) => ({ value: s, label: name(s) }))} />
        </Form.Item>
        <Form.Item name="days" label={t("expires")} style={{ marginBottom: 0 }}>
          <Select
            options={lives.map((d) => ({ value: d, label: d ? t("days", { days: d }) : t("forever") }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
