// Changes one's own password. Every other login ends.
import { useMutation } from "@tanstack/react-query";
import { Alert, Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import type { Request } from "../../api/types";
import { addTexts } from "../../shell/i18n";
import { toast } from "../../shell/toast";
import en from "./en";
import zh from "./zh";

addTexts("login", { zh, en });

type Entries = Request<"/api/v1/staff/password", "put">;

export default function OwnPassword({ close }: { close: () => void }) {
  const { t } = useTranslation(["login", "shell"]);
  const [form] = Form.useForm<Entries>();
  const change = useMutation({
    meta: { quiet: true },
    mutationFn: (body: Entries) => api.PUT("/api/v1/staff/password", { body }),
    onSuccess: () => {
      toast.success(t("password_changed"));
      close();
    },
  });
  return (
    <Modal
      open
      title={t("change_password")}
      onCancel={close}
      onOk={form.submit}
      okText={t("shell:save")}
      cancelText={t("shell:cancel")}
      confirmLoading={change.isPending}
    >
      <Form<Entries> form={form} layout="vertical" onFinish={(e) => change.mutate(e)}>
        {change.error && (
          <Alert
            type="error"
            showIcon
            role="alert"
            title={change.error.message}
            style={{ marginBottom: 12 }}
          />
        )}
        <Form.Item
          name="old"
          label={t("password")}
          rules={[{ required: true, message: t("password_missing") }]}
        >
          <Input.Password autoComplete="current-password" maxLength={256} />
        </Form.Item>
        <Form.Item
          name="new"
          label={t("new_password")}
          rules={[{ required: true, min: 10, message: t("new_password_rule") }]}
        >
          <Input.Password autoComplete="new-password" maxLength={256} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
