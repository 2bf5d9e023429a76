import { DashboardOutlined } from "@ant-design/icons";
import type { Feature } from "../../shell/feature";

export const feature: Feature = {
  name: "cockpit",
  path: "/cockpit",
  group: "insight",
  icon: <DashboardOutlined />,
  title: { zh: "驾驶舱", en: "Cockpit" },
  part: "cockpit",
  load: () => import("./pages"),
};
