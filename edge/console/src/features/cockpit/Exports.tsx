// The overview as a picture, to put into a report.
import { FileImageOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { download } from "../../charts";
import { moment } from "../../shell/format";
import { type Change, changeOf } from "./change";
import { grouped } from "./groups";
import { picture } from "./picture";
import { type Figures, points } from "./queries";
import { shown } from "./value";
import { readView } from "./view";

export function Exports({ figures, before }: { figures: Figures; before: Figures | undefined }) {
  const { t } = useTranslation("cockpit");
  const [params] = useSearchParams();
  const { channel } = readView(params);
  const noted = (change: Change | undefined) =>
    change ? `${{ up: "↑", down: "↓", same: "=" }[change.way]} ${change.text}` : t("nothing_before");
  const save = () => {
    const older = new Map(before?.metrics.map((m) => [m.key, m]));
    const range = `${moment(figures.from)} – ${moment(figures.to)}`;
    const drawn = picture({
      title: t("title"),
      subtitle: [range, t(`channel.${channel || "all"}`)].join(" · "),
      from: Date.parse(figures.from),
      to: Date.parse(figures.to),
      groups: grouped(figures.metrics).map(({ heading, metrics }) => ({
        name: t(`group.${heading}`),
        tiles: metrics.map((m) => ({
          name: m.name,
          value: shown(m.value, m.unit),
          note: noted(changeOf(m.value, older.get(m.key)?.value, m.unit)),
          alarm: false,
          points: points(m.series),
        })),
      })),
    });
    download(`cockpit-${moment(figures.to).slice(0, 10)}.png`, drawn);
  };
  return (
    <Button icon={<FileImageOutlined />} onClick={save} title={t("png")}>
      PNG
    </Button>
  );
}
