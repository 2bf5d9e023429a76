// Who may use what, as the rules in force say.
import { CheckOutlined, EditOutlined } from "@ant-design/icons";
import { Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMay } from "../../shell/session";
import { Queried } from "../../shell/states";
import { WideTable } from "../../shell/WideTable";
import { useRoles } from "./queries";

const parts = [
  "conversations",
  "knowledge",
  "outreach",
  "cockpit",
  "policies",
  "audit",
  "people",
  "channels",
  "settings",
] as const;

export function Roles() {
  const { t } = useTranslation(["people", "shell"]);
  const roles = useRoles();
  const policies = useMay("policies");
  return (
    <Queried query={roles}>
      {(data) => (
        <>
          <Typography.Paragraph type="secondary">
            {t("roles_intro", { revision: data.revision })}{" "}
            {policies && (
              <Link to="/policies" style={{ textDecoration: "underline" }}>
                {t("roles_policy")}
              </Link>
            )}
          </Typography.Paragraph>
          <WideTable
            rowKey="part"
            pagination={false}
            least={720}
            label={t("roles")}
            dataSource={parts.map((part) => ({ part }))}
            columns={[
              {
                title: t("part.title"),
                dataIndex: "part",
                render: (p: string) => t(`part.${p}`),
              },
              ...data.roles.map((role) => ({
                title: t(`shell:role.${role.name}`),
                key: role.name,
                render: (_: unknown, row: { part: string }) => <May action={role.parts[row.part]} />,
              })),
            ]}
          />
        </>
      )}
    </Queried>
  );
}

function May({ action }: { action?: string }) {
  const { t } = useTranslation("people");
  if (action === "write")
    return (
      <Tag color="green" icon={<EditOutlined />}>
        {t("write")}
      </Tag>
    );
  if (action === "read") return <Tag icon={<CheckOutlined />}>{t("read")}</Tag>;
  return <Typography.Text type="secondary">{t("none")}</Typography.Text>;
}
