import { SafetyCertificateOutlined } from "@ant-design/icons";
import type { Feature } from "../../shell/feature";

export const feature: Feature = {
  name: "compliance",
  path: "/policies",
  group: "rules",
  icon: <SafetyCertificateOutlined />,
  title: { zh: "合规规则", en: "Rules" },
  part: "policies",
  load: () => import("./pages"),
};
