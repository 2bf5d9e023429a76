// The overview to take home: a picture for a report, a table for a spreadsheet.
import { DownloadOutlined, FileImageOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { download } from "../../charts";
import { moment } from "../../shell/format";
import { type Change, changeOf } from "./change";
import { grouped, heads } from "./groups";
import { points } from "./line";
import { picture } from "./picture";
import { type Figures, sheetOf } from "./queries";
import { shown } from "./value";
import { readView } from "./view";

const arrows = { up: "↑", down: "↓", same: "=" };

export function Exports({ figures }: { figures: Figures }) {
  const { t } = useTranslation("cockpit");
  const [params] = useSearchParams();
  const view = readView(params);
  const name = `cockpit-${moment(figures.to).slice(0, 10)}`;
  const noted = (change: Change | undefined) =>
    change ? `${arrows[change.way]} ${change.text}` : t("nothing_before");
  const draw = () => {
    const team = figures.teams.find((known) => known.id === view.team)?.name ?? t("team.all");
    const agent = figures.agents.find((known) => known.id === view.agent)?.name ?? t("agent.all");
    const { demo } = figures;
    const parts = [
      `${moment(figures.from)} – ${moment(figures.to)}`,
      t([`channel.${view.channel || "all"}`, "part"], { name: view.channel }),
      team,
      agent,
      ...(demo ? [t("demo", { from: moment(demo.from), to: moment(demo.to) })] : []),
    ];
    return picture({
      title: t("title"),
      subtitle: parts.join(" · "),
      from: Date.parse(figures.from),
      to: Date.parse(figures.to),
      groups: grouped(heads(figures.metrics)).map(({ heading, metrics }) => ({
        name: t(`group.${heading}`, { defaultValue: heading }),
        tiles: metrics.map((m) => ({
          name: m.name,
          value: shown(m.value, m.unit),
          note: typeof m.value === "number" ? noted(changeOf(m)) : "",
          alarm: m.alarm,
          points: points(m.series),
        })),
      })),
    });
  };
  const table = useMutation({
    mutationFn: () => sheetOf(view),
    onSuccess: (csv) => download(`${name}.csv`, csv),
  });
  return (
    <>
      <Button icon={<FileImageOutlined />} title={t("png")} onClick={() => download(`${name}.png`, draw())}>
        PNG
      </Button>
      <Button
        icon={<DownloadOutlined />}
        title={t("csv")}
        loading={table.isPending}
        onClick={() => table.mutate()}
      >
        CSV
      </Button>
    </>
  );
}
