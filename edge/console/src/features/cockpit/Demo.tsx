// Says that figures are made up, and which.
import { ExperimentOutlined } from "@ant-design/icons";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { moment } from "../../shell/format";
import type { Figures } from "./queries";

export function Demo({ figures: { demo } }: { figures: Figures }) {
  const { t } = useTranslation("cockpit");
  if (!demo) return null;
  const day = (at: string) => moment(at).slice(0, 16);
  return (
    <Tag icon={<ExperimentOutlined />} color="gold" style={{ whiteSpace: "normal" }}>
      {t("demo", { from: day(demo.from), to: day(demo.to) })}
    </Tag>
  );
}
