// The keys with which other programs call the API.
import { PlusOutlined } from "@ant-design/icons";
import { useMutation, useQuery } from "@tanstack/react-query";
import { App, Button, Form, Input, Modal, Popconfirm, Select, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { queryClient } from "../../api/queries";
import type { Answer, Request } from "../../api/types";
import { ago, moment } from "../../shell/format";
import { useMay } from "../../shell/session";
import { Queried } from "../../shell/states";
import { WideTable } from "../../shell/WideTable";

type Key = Answer<"/api/v1/keys">["keys"][number];
type Entries = Request<"/api/v1/keys">;

const roles = ["admin", "agent", "marketing", "compliance", "executive"] as const;
const lives = [30, 90, 365, 0] as const; // days

const refresh = () => queryClient.invalidateQueries({ queryKey: ["keys"] });

export function Keys() {
  const { t } = useTranslation(["settings", "shell"]);
  const mayChange = useMay("settings", "write");
  const [making, setMaking] = useState(false);
  const keys = useQuery({ queryKey: ["keys"], queryFn: () => take(api.GET("/api/v1/keys")) });
  const revoke = useMutation({
    mutationFn: (id: string) => api.DELETE("/api/v1/keys/{id}", { params: { path: { id } } }),
    onSuccess: refresh,
  });
  return (
    <Queried query={keys}>
      {(data) => (
        <>
          <Typography.Paragraph type="secondary">{t("keys_intro")}</Typography.Paragraph>
          {mayChange && (
            <Button
              type="primary"
              icon={<PlusOutlined />}
              onClick={() => setMaking(true)}
              style={{ marginBottom: 12 }}
            >
              {t("key_add")}
            </Button>
          )}
          <WideTable<Key>
            rowKey="id"
            dataSource={data.keys}
            pagination={{ hideOnSinglePage: true, pageSize: 50 }}
            least={820}
            label={t("keys")}
            empty={t("keys_empty")}
            columns={[
              { title: t("name"), dataIndex: "name" },
              { title: t("role"), render: (_, k) => t(`shell:role.${k.role}`) },
              { title: t("by"), dataIndex: "by" },
              { title: t("made"), render: (_, k) => moment(k.made) },
              { title: t("used"), render: (_, k) => (k.used ? ago(k.used) : t("never_used")) },
              { title: t("expires"), render: (_, k) => (k.expires ? moment(k.expires) : t("forever")) },
              {
                title: t("state"),
                render: (_, k) => <KeyState life={k} />,
              },
              {
                title: t("actions"),
                render: (_, k) =>
                  mayChange &&
                  !k.revoked && (
                    <Popconfirm
                      title={t("revoke_sure", { name: k.name })}
                      okText={t("revoke")}
                      cancelText={t("shell:cancel")}
                      onConfirm={() => revoke.mutate(k.id)}
                    >
                      <Button size="small" danger>
                        {t("revoke")}
                      </Button>
                    </Popconfirm>
                  ),
              },
            ]}
          />
          {making && <Making close={() => setMaking(false)} />}
        </>
      )}
    </Queried>
  );
}

function KeyState({ life }: { life: Key }) {
  const { t } = useTranslation("settings");
  if (life.revoked) return <Tag>{t("revoked")}</Tag>;
  if (life.expires && Date.parse(life.expires) < Date.now()) return <Tag color="orange">{t("expired")}</Tag>;
  return <Tag color="green">{t("in_force")}</Tag>;
}

function Making({ close }: { close: () => void }) {
  const { t } = useTranslation(["settings", "shell"]);
  const { modal } = App.useApp();
  const [form] = Form.useForm<Entries>();
  const make = useMutation({
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
            <Typography.Text type="secondary">{t("key_once")}</Typography.Text>
          </>
        ),
        okText: t("key_noted"),
      });
      return refresh();
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
        initialValues={{ role: "marketing", days: 90 }}
        onFinish={(e) => make.mutate(e)}
      >
        <Form.Item name="name" label={t("name")} rules={[{ required: true, message: t("needed") }]}>
          <Input maxLength={40} placeholder={t("name_example")} />
        </Form.Item>
        <Form.Item name="role" label={t("role")} extra={t("role_rule")}>
          <Select options={roles.map((r) => ({ value: r, label: t(`shell:role.${r}`) }))} />
        </Form.Item>
        <Form.Item name="days" label={t("expires")}>
          <Select
            options={lives.map((d) => ({ value: d, label: d ? t("days", { days: d }) : t("forever") }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
