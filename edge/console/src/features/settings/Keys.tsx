// The keys with which other programs call the API.
import { PlusOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Flex, Popconfirm, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { ago, moment } from "../../shell/format";
import { useMay } from "../../shell/session";
import { Queried } from "../../shell/states";
import { WideTable } from "../../shell/WideTable";
import { KeyForm } from "./KeyForm";
import { type Key, refreshKeys, useKeys, useScopeName } from "./queries";

export function Keys() {
  const { t } = useTranslation(["settings", "shell"]);
  const mayChange = useMay("settings", "write");
  const [making, setMaking] = useState(false);
  const keys = useKeys();
  const revoke = useMutation({
    mutationFn: (id: string) => api.DELETE("/api/v1/keys/{id}", { params: { path: { id } } }),
    onSuccess: refreshKeys,
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
            least={1040}
            label={t("keys")}
            empty={t("keys_empty")}
            columns={[
              { title: t("name"), dataIndex: "name" },
              { title: t("role"), render: (_, k) => t(`shell:role.${k.role}`) },
              { title: t("scopes"), render: (_, k) => <Scopes scopes={k.scopes} /> },
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
          {making && <KeyForm close={() => setMaking(false)} />}
        </>
      )}
    </Queried>
  );
}

/** What a key is for. Those of the time before there were scopes are for all of their role. */
function Scopes({ scopes }: { scopes: Key["scopes"] }) {
  const { t } = useTranslation("settings");
  const name = useScopeName();
  if (!scopes) return <Tag color="orange">{t("scope_all")}</Tag>;
  return (
    <Flex wrap gap={4} style={{ maxWidth: 280 }}>
      {scopes.map((s) => (
        <Tag key={s}>{name(s)}</Tag>
      ))}
    </Flex>
  );
}

function KeyState({ life }: { life: Key }) {
  const { t } = useTranslation("settings");
  if (life.revoked) return <Tag>{t("revoked")}</Tag>;
  if (life.expires && Date.parse(life.expires) < Date.now()) return <Tag color="orange">{t("expired")}</Tag>;
  return <Tag color="green">{t("in_force")}</Tag>;
}
