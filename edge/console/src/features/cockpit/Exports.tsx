// The overview as a picture, to put into a report.
import { FileImageOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { download } from "../../charts";
import { moment } from "../../shell/format";
import { picture } from "./picture";
import { type Figures, points } from "./queries";
import { shown } from "./value";
import { readView } from "./view";

export function Exports({ figures }: { figures: Figures }) {
  const { t } = useTranslation("cockpit");
  const [params] = useSearchParams();
  const { channel } = readView(params);
  const save = () => {
    const range = `${moment(figures.from)} – ${moment(figures.to)}`;
    const drawn = picture({
      title: t("title"),
      subtitle: [range, t(`channel.${channel || "all"}`)].join(" · "),
      from: Date.parse(figures.from),
      to: Date.parse(figures.to),
      groups: [
        {
          name: "",
          tiles: figures.metrics.map((m) => ({
            name: m.name,
            value: shown(m.value, m.unit),
            note: "",
            alarm: false,
            points: points(m.series),
          })),
        },
      ],
    });
    download(`cockpit-${moment(figures.to).slice(0, 10)}.png`, drawn);
  };
  return (
    <Button icon={<FileImageOutlined />} onClick={save} aria-label={t("png")}>
      PNG
    </Button>
  );
}
