// A line without axes, for a tile. It says nothing that the tile does not say in words.
import styles from "./cockpit.module.css";

const width = 120;
const height = 32;

/** The path of a line through points of a time and a value, as wide and as high as there is room. */
export function pathOf(points: [number, number][], from: number, to: number): string {
  const values = points.map(([, v]) => v);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const tall = high - low || 1;
  return points
    .map(([at, v], i) => {
      const x = ((at - from) / (to - from)) * width;
      const y = high === low ? height / 2 : height - 2 - ((v - low) / tall) * (height - 4);
      return `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
}

export function Spark({ points, from, to }: { points: [number, number][]; from: number; to: number }) {
  return (
    <svg
      className={styles.spark}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {points.length > 1 && <path d={pathOf(points, from, to)} vectorEffect="non-scaling-stroke" />}
    </svg>
  );
}
