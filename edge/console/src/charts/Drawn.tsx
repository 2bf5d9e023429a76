// The only door to ECharts. Nothing outside this folder imports it.
import { theme } from "antd";
import {
  BarChart,
  FunnelChart,
  GaugeChart,
  HeatmapChart,
  LineChart,
  PieChart,
  ScatterChart,
} from "echarts/charts";
import {
  AriaComponent,
  DatasetComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useImperativeHandle, useRef } from "react";
import type { ChartProps } from "./index";
import { look } from "./look";

echarts.use([
  BarChart,
  FunnelChart,
  GaugeChart,
  HeatmapChart,
  LineChart,
  PieChart,
  ScatterChart,
  AriaComponent,
  DatasetComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
  CanvasRenderer,
]);

export default function Drawn({ option, label, height, ref, onPick }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts>(undefined);
  const pick = useRef(onPick);
  const { token } = theme.useToken();
  useEffect(() => {
    pick.current = onPick;
  });
  useEffect(() => {
    if (!box.current) return;
    const drawn = echarts.init(box.current, look(token));
    chart.current = drawn;
    drawn.on("click", (e) =>
      pick.current?.({ series: e.seriesName ?? "", name: e.name, index: e.dataIndex }),
    );
    const watch = new ResizeObserver(() => drawn.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      drawn.dispose();
      chart.current = undefined;
    };
  }, [token]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another look makes another chart, which has to be drawn, too
  useEffect(() => chart.current?.setOption(option, { notMerge: true, lazyUpdate: true }), [option, token]);
  const background = token.colorBgContainer;
  useImperativeHandle(
    ref,
    () => ({
      png: () => chart.current?.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: background }) ?? "",
    }),
    [background],
  );
  return <div ref={box} role="img" aria-label={label} style={{ width: "100%", height }} />;
}
