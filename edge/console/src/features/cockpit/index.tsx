import { FundOutlined } from "@ant-design/icons";
import type { Feature } from "../../shell/feature";

export const feature: Feature = {
  name: "cockpit",
  path: "/cockpit",
  group: "insight",
  icon: <FundOutlined />,
  title: { zh: "驾驶舱", en: "Cockpit" },
  part: "cockpit",
  load: () => import("./pages"),
};
