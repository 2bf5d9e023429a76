// A line without axes, for a tile. It says nothing that the tile does not say in words.
import styles from "./cockpit.module.css";
import type { Stretch } from "./line";

const width = 120;
const height = 32;

/** The path of a line through points of a time and a value, as wide and as high as there is room; broken where nothing was counted. */
export function pathOf(points: [number, number][], from: number, to: number, none?: Stretch): string {
  const values = points.map(([, v]) => v);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const tall = high - low || 1;
  return points
    .map(([at, v], i) => {
      const x = ((at - from) / (to - from)) * width;
      const y = high === low ? height / 2 : height - 2 - ((v - low) / tall) * (height - 4);
      const before = points[i - 1];
      const broken = !before || (none && before[0] < none[0] && at >= none[0]);
      return `${broken ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
}

interface Props {
  points: [number, number][];
  from: number; // ms since 1970
  to: number;
  none?: Stretch | undefined; // when nothing was counted
}

export function Spark({ points, from, to, none }: Props) {
  return (
    <svg
      className={styles.spark}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {points.length > 1 && <path d={pathOf(points, from, to, none)} vectorEffect="non-scaling-stroke" />}
    </svg>
  );
}
