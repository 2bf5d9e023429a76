import { FunnelPlotOutlined } from "@ant-design/icons";
import type { Feature } from "../../shell/feature";

export const feature: Feature = {
  name: "marketing",
  path: "/marketing",
  group: "growth",
  icon: <FunnelPlotOutlined />,
  title: { zh: "评论获客", en: "Leads" },
  part: "outreach",
  load: () => import("./pages"),
};
