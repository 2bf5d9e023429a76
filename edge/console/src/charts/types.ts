export type { EChartsOption } from "echarts";
