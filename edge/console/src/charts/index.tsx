// Charts, loaded when the first one is shown. `<Chart option={…} height={240} label="…" />`
import { Skeleton } from "antd";
import { lazy, type Ref, Suspense } from "react";
import type { EChartsOption } from "./types";

export type { EChartsOption } from "./types";

/** What can be done with a chart that is on the page. */
export interface ChartHandle {
  png: () => string; // a data URL
}

export interface ChartProps {
  option: EChartsOption; // a new object redraws
  label: string; // what it shows, in a sentence for those who do not see it
  height?: number | string; // pixels, 260 when it is left out
  ref?: Ref<ChartHandle>;
  onPick?: (pick: { series: string; name: string; index: number }) => void; // a click on a value
}

const Drawn = lazy(() => import("./Drawn"));

export function Chart(props: ChartProps) {
  const height = props.height ?? 260;
  return (
    <Suspense fallback={<Skeleton.Node active style={{ width: "100%", height }} />}>
      <Drawn {...props} height={height} />
    </Suspense>
  );
}

/** Saves a data URL or text as a file. */
export function download(name: string, content: string, type = "text/csv;charset=utf-8") {
  const data = content.startsWith("data:")
    ? content
    : URL.createObjectURL(new Blob(["\ufeff", content], { type }));
  const link = document.createElement("a");
  link.href = data;
  link.download = name;
  link.click();
  if (!content.startsWith("data:")) URL.revokeObjectURL(data);
}
