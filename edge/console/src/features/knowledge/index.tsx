import { BookOutlined } from "@ant-design/icons";
import type { Feature } from "../../shell/feature";

export const feature: Feature = {
  name: "knowledge",
  path: "/knowledge",
  group: "service",
  icon: <BookOutlined />,
  title: { zh: "知识库", en: "Knowledge" },
  part: "knowledge",
  load: () => import("./pages"),
};
