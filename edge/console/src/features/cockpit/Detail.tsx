// A metric in full: its chart beside the period before, its definition, and the query behind it.
import { ArrowLeftOutlined, DownloadOutlined, FileImageOutlined } from "@ant-design/icons";
import { Button, Card, Descriptions, Flex, Segmented, Typography } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useParams, useSearchParams } from "react-router";
import { Chart, type ChartHandle, download } from "../../charts";
import { moment } from "../../shell/format";
import { Page } from "../../shell/Page";
import { Missing, Queried } from "../../shell/states";
import { Compared } from "./Compared";
import { changeOf } from "./change";
import { drawn, type Line, moved } from "./chart";
import styles from "./cockpit.module.css";
import { table } from "./csv";
import { Filters } from "./Filters";
import { type Figures, type Metric, points, useBefore, useFigures } from "./queries";
import { type By, useSplit, useWays } from "./split";
import { shown } from "./value";
import { readView } from "./view";

export function Detail() {
  const { key = "" } = useParams();
  const [params] = useSearchParams();
  const view = readView(params);
  const figures = useFigures(view);
  return (
    <Queried query={figures}>
      {(data) => {
        const metric = data.metrics.find((m) => m.key === key);
        return metric ? <Opened key={key} metric={metric} figures={data} /> : <Missing />;
      }}
    </Queried>
  );
}

function Opened({ metric: m, figures }: { metric: Metric; figures: Figures }) {
  const { t } = useTranslation("cockpit");
  const { search } = useLocation();
  const [params] = useSearchParams();
  const before = useBefore(readView(params)).data?.metrics.find((b) => b.key === m.key);
  return (
    <Page
      title={m.name}
      intro={
        <Link to={`/cockpit${search}`}>
          <ArrowLeftOutlined aria-hidden /> {t("back")}
        </Link>
      }
      extra={<Filters />}
    >
      <Flex vertical gap="middle">
        <Card>
          <Flex wrap gap="large" align="baseline">
            <strong className={styles.big}>{shown(m.value, m.unit)}</strong>
            <Compared change={changeOf(m.value, before?.value, m.unit)} />
          </Flex>
          <Drawing metric={m} before={before} figures={figures} />
        </Card>
        <Meaning metric={m} figures={figures} />
      </Flex>
    </Page>
  );
}

interface Props {
  metric: Metric;
  before: Metric | undefined; // in the period before
  figures: Figures;
}

function Drawing({ metric: m, before, figures }: Props) {
  const { t } = useTranslation("cockpit");
  const [params] = useSearchParams();
  const [look, setLook] = useState<By | "before" | "alone">("before");
  const ways = useWays();
  const split = useSplit(readView(params), m.key, look === "before" || look === "alone" ? "" : look);
  const chart = useRef<ChartHandle>(null);
  const [from, to] = [Date.parse(figures.from), Date.parse(figures.to)];
  const whole: Line = { name: m.name, points: points(m.series) };
  const older = look === "before" && before ? moved(points(before.series), to - from) : undefined;
  const beside = older ? [{ name: t("before"), points: older, faint: true }] : split;
  const lines = beside === split && split.length > 0 ? split : [whole, ...beside];
  const option = drawn({ lines, unit: m.unit, from, to });
  const file = `${m.key}-${moment(from).slice(0, 10)}`;
  return (
    <>
      <Flex wrap gap="small" align="center" justify="space-between">
        <Segmented
          aria-label={t("look.label")}
          className={styles.ranges}
          value={look}
          onChange={setLook}
          options={(["before", "alone", ...ways] as const).map((value) => ({
            value,
            label: t(`look.${value}`),
          }))}
        />
        <Flex gap="small">
          <Button
            icon={<FileImageOutlined />}
            onClick={() => chart.current && download(`${file}.png`, chart.current.png())}
          >
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
      <Chart ref={chart} option={option} height={360} label={t("chart", { name: m.name })} />
    </>
  );
}

function Meaning({ metric: m, figures }: { metric: Metric; figures: Figures }) {
  const { t } = useTranslation("cockpit");
  return (
    <Card>
      <Descriptions
        column={1}
        title={<h2 className={styles.heading}>{t("meaning")}</h2>}
        items={[
          { key: "definition", label: t("definition"), children: m.definition },
          {
            key: "query",
            label: t("query"),
            children: (
              <Typography.Text code copyable className={styles.query}>
                {m.query}
              </Typography.Text>
            ),
          },
          {
            key: "range",
            label: t("range.label"),
            children: `${moment(figures.from)} – ${moment(figures.to)}`,
          },
        ]}
      />
    </Card>
  );
}
