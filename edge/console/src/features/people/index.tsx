import { TeamOutlined } from "@ant-design/icons";
import type { Feature } from "../../shell/feature";

export const feature: Feature = {
  name: "people",
  path: "/people",
  group: "admin",
  icon: <TeamOutlined />,
  title: { zh: "人员", en: "People" },
  part: "people",
  load: () => import("./pages"),
};
