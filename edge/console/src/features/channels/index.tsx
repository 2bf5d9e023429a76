import { ApiOutlined } from "@ant-design/icons";
import type { Feature } from "../../shell/feature";

export const feature: Feature = {
  name: "channels",
  path: "/channels",
  group: "admin",
  icon: <ApiOutlined />,
  title: { zh: "渠道", en: "Channels" },
  part: "channels",
  load: () => import("./pages"),
};
