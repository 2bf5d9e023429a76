// ECharts in the colours of the page.
import type { GlobalToken } from "antd";

/** An ECharts theme made from the page's. Colours of series differ in lightness, too, for those who see few colours. */
export function look(token: GlobalToken) {
  const text = { color: token.colorTextSecondary, fontFamily: token.fontFamily };
  const axis = {
    axisLine: { lineStyle: { color: token.colorBorder } },
    axisTick: { lineStyle: { color: token.colorBorder } },
    axisLabel: text,
    splitLine: { lineStyle: { color: token.colorBorderSecondary } },
    nameTextStyle: text,
  };
  return {
    color: ["#2f9168", "#e2a33c", "#3b78c4", "#b6547b", "#7ab84a", "#8064bd", "#47a8a8", "#c2643c"],
    backgroundColor: "transparent",
    textStyle: { fontFamily: token.fontFamily },
    title: { textStyle: { color: token.colorText, fontSize: 14 }, subtextStyle: text },
    legend: { textStyle: text, pageTextStyle: text },
    tooltip: {
      backgroundColor: token.colorBgElevated,
      borderColor: token.colorBorderSecondary,
      textStyle: { color: token.colorText, fontFamily: token.fontFamily },
      confine: true,
    },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: axis,
    timeAxis: { ...axis, splitLine: { show: false } },
    logAxis: axis,
  };
}
