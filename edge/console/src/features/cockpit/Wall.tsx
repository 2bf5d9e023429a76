// The figures for a screen on the wall: few, large, dark, and never touched.
import { CloseOutlined, FullscreenOutlined } from "@ant-design/icons";
import { Button, ConfigProvider, Flex, Select, theme } from "antd";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { Chart } from "../../charts";
import { useBare } from "../../shell/bare";
import { moment } from "../../shell/format";
import { Mark } from "../../shell/Mark";
import { useTitle } from "../../shell/Page";
import { Queried } from "../../shell/states";
import { Alarms } from "./Alarms";
import { Compared } from "./Compared";
import { changeOf } from "./change";
import { bandsOf, drawn, moved } from "./chart";
import { Demo } from "./Demo";
import { heads } from "./groups";
import { points, silence } from "./line";
import { type Figures, type Metric, useBefore, useFigures } from "./queries";
import { Spark } from "./Spark";
import { shown } from "./value";
import { changed, readView } from "./view";
import { Wanted } from "./Wanted";
import styles from "./wall.module.css";

const most = 12; // figures that can be read from afar

/** What a wall shows unless something else is chosen. */
const headlines = [
  "sessions",
  "live_sessions",
  "queue_length",
  "queue_oldest",
  "ai_involvement",
  "assumed_resolution",
  "transfer_rate",
  "first_reply_human_p50",
  "service_level",
  "sla_attainment",
  "negative_share",
  "lead_capture_spoke",
];

// Brighter than the dark look of the pages: it is read from afar.
const dark = {
  algorithm: theme.darkAlgorithm,
  token: {
    colorText: "#f2f6f4",
    colorTextSecondary: "#c7d2cc",
    colorBorder: "#5a6861",
    colorBorderSecondary: "#26302b",
    colorBgContainer: "#141a17",
    colorBgElevated: "#202723",
    colorError: "#ff9a8d",
    colorErrorBg: "#3a1512",
    colorErrorBorder: "#f08478",
    colorLink: "#7fd0a8",
  },
};

const short = 7; // characters that still fit in the larger type

export function Wall() {
  const { t } = useTranslation("cockpit");
  const [params] = useSearchParams();
  const figures = useFigures(readView(params));
  useBare();
  useAwake();
  useTitle(t("wall.title"));
  return (
    <ConfigProvider theme={dark}>
      <main className={styles.wall}>
        <Queried query={figures}>{(data) => <Board figures={data} />}</Queried>
      </main>
    </ConfigProvider>
  );
}

function Board({ figures }: { figures: Figures }) {
  const [params] = useSearchParams();
  const wanted = params.get("show")?.split(",") ?? headlines;
  const chosen = wanted.flatMap((key) => figures.metrics.find((m) => m.key === key) ?? []).slice(0, most);
  return (
    <>
      <Head figures={figures} chosen={chosen.map((m) => m.key)} />
      <div className={styles.alarms}>
        <Alarms figures={figures} />
      </div>
      <div className={styles.grid}>
        {chosen.map((m) => (
          <Big key={m.key} metric={m} figures={figures} />
        ))}
      </div>
      <Course figures={figures} shown={chosen[0]?.key} />
    </>
  );
}

function Big({ metric: m, figures }: { metric: Metric; figures: Figures }) {
  const value = shown(m.value, m.unit);
  return (
    <section className={`${styles.figure} ${m.alarm ? styles.alarm : ""}`} data-metric={m.key}>
      <h2>{m.name}</h2>
      <strong className={value.length > short ? styles.long : undefined}>{value}</strong>
      <span className={styles.beside}>
        {typeof m.value === "number" && <Compared change={changeOf(m)} />}
        <Wanted metric={m} />
      </span>
      <Spark
        points={points(m.series)}
        from={Date.parse(figures.from)}
        to={Date.parse(figures.to)}
        none={silence(figures)}
      />
    </section>
  );
}

function Head({ figures, chosen }: { figures: Figures; chosen: string[] }) {
  const { t } = useTranslation("cockpit");
  const [params, setParams] = useSearchParams();
  const view = readView(params);
  const now = useClock();
  const back = changed(params, { show: "" });
  return (
    <Flex wrap align="center" gap="middle" className={styles.head}>
      <Mark size={40} />
      <h1>{t("wall.title")}</h1>
      <span className={styles.range}>
        {view.range === "custom"
          ? `${moment(figures.from)} – ${moment(figures.to)}`
          : t(`range.${view.range}`)}
      </span>
      <Demo figures={figures} />
      <time className={styles.clock}>{moment(now)}</time>
      <Select
        mode="multiple"
        aria-label={t("wall.choose")}
        className={styles.choice}
        value={chosen}
        maxCount={most}
        maxTagCount={0}
        maxTagPlaceholder={() => t("wall.choose")}
        showSearch={{ optionFilterProp: "label" }}
        popupMatchSelectWidth={280}
        onChange={(keys) => setParams(changed(params, { show: keys.join(",") }), { replace: true })}
        options={heads(figures.metrics).map((m) => ({ value: m.key, label: m.name }))}
      />
      <Button
        icon={<FullscreenOutlined />}
        aria-label={t("wall.full")}
        title={t("wall.full")}
        onClick={() => void document.documentElement.requestFullscreen()}
      />
      <Link
        to={`/cockpit?${back}`}
        aria-label={t("wall.leave")}
        title={t("wall.leave")}
        className={styles.leave}
      >
        <CloseOutlined />
      </Link>
    </Flex>
  );
}

/** The course of the first figure, beside that of the period before. */
function Course({ figures, shown: key }: { figures: Figures; shown: string | undefined }) {
  const { t } = useTranslation("cockpit");
  const [params] = useSearchParams();
  const before = useBefore(key ?? "", readView(params), key !== undefined).data;
  const option = useMemo(() => {
    const [from, to] = [Date.parse(figures.from), Date.parse(figures.to)];
    const now = figures.metrics.find((m) => m.key === key);
    const lines = [
      ...(now ? [{ name: now.name, points: points(now.series), none: silence(figures) }] : []),
      ...(before ? [{ name: t("before"), points: moved(points(before), to - from), faint: true }] : []),
    ];
    return drawn({ lines, unit: now?.unit ?? "count", from, to, size: 20, bands: bandsOf(figures, t) });
  }, [figures, before, key, t]);
  const name = figures.metrics.find((m) => m.key === key)?.name;
  if (!name) return null;
  return (
    <div className={styles.course}>
      <Chart option={option} height="100%" label={t("chart", { name })} />
    </div>
  );
}

function useClock(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(tick);
  }, []);
  return now;
}

/** Keeps the screen on, where the browser can. It lets go when the page is hidden, and is asked again when it is back. */
function useAwake() {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let gone = false;
    const ask = async () => {
      if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
      try {
        lock = await navigator.wakeLock.request("screen");
        if (gone) await lock.release();
      } catch {
        // a low battery forbids it: the screen goes off as it otherwise would
      }
    };
    void ask();
    document.addEventListener("visibilitychange", ask);
    return () => {
      gone = true;
      document.removeEventListener("visibilitychange", ask);
      void lock?.release();
    };
  }, []);
}
