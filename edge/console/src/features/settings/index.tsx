import { SettingOutlined } from "@ant-design/icons";
import type { Feature } from "../../shell/feature";

export const feature: Feature = {
  name: "settings",
  path: "/settings",
  group: "admin",
  icon: <SettingOutlined />,
  title: { zh: "设置", en: "Settings" },
  part: "settings",
  load: () => import("./pages"),
};
