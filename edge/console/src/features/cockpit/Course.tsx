// The course of a metric, beside the period before or split into its parts.
import { DownloadOutlined, FileImageOutlined } from "@ant-design/icons";
import { Button, Flex, Segmented } from "antd";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Chart, type ChartHandle, download } from "../../charts";
import { moment } from "../../shell/format";
import { useLook } from "../../shell/theme";
import { bandsOf, drawn, type Line, moved } from "./chart";
import styles from "./cockpit.module.css";
import { table } from "./csv";
import { points, silence } from "./line";
import { titled } from "./picture";
import { type By, type Figures, type Metric, useBefore, useParts } from "./queries";
import { readView } from "./view";

const looks = ["before", "alone", "channel", "intent", "team", "agent"] as const;

type Look = (typeof looks)[number];

const by = (look: Look): By | "" => (look === "before" || look === "alone" ? "" : look);

export function Course({ metric: m, figures }: { metric: Metric; figures: Figures }) {
  const { t } = useTranslation("cockpit");
  const [params] = useSearchParams();
  const view = readView(params);
  const [look, setLook] = useState<Look>("before");
  const before = useBefore(m.key, view, look === "before").data;
  const parts = useParts(m.key, by(look), view).data;
  const { dark } = useLook();
  const chart = useRef<ChartHandle>(null);
  const [from, to] = [Date.parse(figures.from), Date.parse(figures.to)];
  const lines = useMemo<Line[]>(() => {
    if (parts && by(look))
      return parts.map((part) => ({
        name: t([`${look}.${part.key}`, "part"], { name: part.name }),
        points: points(part.series),
        none: silence(figures),
      }));
    const whole = { name: m.name, points: points(m.series), none: silence(figures) };
    if (look !== "before" || !before) return [whole];
    return [whole, { name: t("before"), points: moved(points(before), to - from), faint: true }];
  }, [m, look, before, parts, figures, from, to, t]);
  const target = m.target ?? undefined;
  const option = useMemo(
    () =>
      drawn({
        lines,
        unit: m.unit,
        from,
        to,
        bands: bandsOf(figures, t),
        ...(target !== undefined && { target: { name: t("target.target"), value: target } }),
      }),
    [lines, m.unit, from, to, figures, target, t],
  );
  const file = `${m.key}-${moment(to).slice(0, 10)}`;
  const save = async () => {
    if (!chart.current) return;
    const range = `${moment(from)} – ${moment(to)}`;
    download(`${file}.png`, await titled(chart.current.png(), m.name, range, dark));
  };
  return (
    <>
      <Flex wrap gap="small" align="center" justify="space-between">
        <Segmented
          aria-label={t("look.label")}
          className={styles.ranges}
          value={look}
          onChange={setLook}
          options={looks.map((value) => ({ value, label: t(`look.${value}`) }))}
        />
        <Flex gap="small">
          <Button icon={<FileImageOutlined />} onClick={() => void save()}>
            PNG
          </Button>
          <Button
            icon={<DownloadOutlined />}
            onClick={() => download(`${file}.csv`, table(t("time"), lines))}
          >
            CSV
          </Button>
        </Flex>
      </Flex>
      {lines.length === 0 && <p className={styles.change}>{t("no_parts")}</p>}
      <Chart ref={chart} option={option} height={360} label={t("chart", { name: m.name })} />
    </>
  );
}
