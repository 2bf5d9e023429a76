import { AuditOutlined } from "@ant-design/icons";
import type { Feature } from "../../shell/feature";

export const feature: Feature = {
  name: "audit",
  path: "/audit",
  group: "rules",
  icon: <AuditOutlined />,
  title: { zh: "审计记录", en: "Audit trail" },
  part: "audit",
  load: () => import("./pages"),
};
