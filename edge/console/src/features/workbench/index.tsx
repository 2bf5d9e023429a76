import { MessageOutlined } from "@ant-design/icons";
import type { Feature } from "../../shell/feature";

export const feature: Feature = {
  name: "workbench",
  path: "/inbox",
  group: "service",
  icon: <MessageOutlined />,
  title: { zh: "工作台", en: "Workbench" },
  part: "conversations",
  load: () => import("./pages"),
};
