// The overview as a picture, drawn anew: it is the same in every browser, as wide as a slide and without buttons.
import { pathOf } from "./Spark";

export interface Sketch {
  title: string;
  subtitle: string; // range and filters
  groups: { name: string; tiles: Drawn[] }[];
  from: number; // ms since 1970
  to: number;
}

export interface Drawn {
  name: string;
  value: string;
  note: string; // how it compares
  alarm: boolean;
  points: [number, number][];
}

const width = 1440;
const margin = 32;
const gap = 12;
const columns = 6;
const tile = { width: (width - 2 * margin - (columns - 1) * gap) / columns, height: 112 };
const heading = 40;
const above = 72; // a chart stands its title
const sharp = 2; // pixels a unit
const font = "-apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";
const ink = { text: "#1c211e", faint: "#4d5751", line: "#2f9168", alarm: "#c4291c", edge: "#dfe5e1" };

const rowsOf = (count: number) => Math.ceil(count / columns);

/** Draws the overview; a data URL of a PNG. */
export function picture({ title, subtitle, groups, from, to }: Sketch): string {
  const tall = groups.reduce((sum, g) => sum + heading + rowsOf(g.tiles.length) * (tile.height + gap), 0);
  const canvas = document.createElement("canvas");
  canvas.width = width * sharp;
  canvas.height = (tall + 96 + margin) * sharp;
  const c = canvas.getContext("2d");
  if (!c) return "";
  c.scale(sharp, sharp);
  c.fillStyle = "#ffffff";
  c.fillRect(0, 0, canvas.width, canvas.height);
  words(c, title, margin, 48, `600 26px ${font}`, ink.text);
  words(c, subtitle, margin, 76, `15px ${font}`, ink.faint);
  let y = 96;
  for (const group of groups) {
    words(c, group.name, margin, y + 26, `600 16px ${font}`, ink.text);
    y += heading;
    for (const [i, one] of group.tiles.entries()) {
      const x = margin + (i % columns) * (tile.width + gap);
      box(c, one, x, y + Math.floor(i / columns) * (tile.height + gap), from, to);
    }
    y += rowsOf(group.tiles.length) * (tile.height + gap);
  }
  return canvas.toDataURL("image/png");
}

/** A chart's picture under its title, on the ground the chart stands on; a data URL of a PNG. */
export async function titled(chart: string, title: string, subtitle: string, dark: boolean) {
  const image = new Image();
  image.src = chart;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height + above * sharp;
  const c = canvas.getContext("2d");
  if (!c) return chart;
  c.fillStyle = dark ? "#181d1a" : "#ffffff";
  c.fillRect(0, 0, canvas.width, canvas.height);
  c.drawImage(image, 0, above * sharp);
  c.scale(sharp, sharp);
  const room = image.width / sharp - 32;
  words(c, title, 16, 32, `600 18px ${font}`, dark ? "#f2f6f4" : ink.text, room);
  words(c, subtitle, 16, 56, `13px ${font}`, dark ? "#b3bdb7" : ink.faint, room);
  return canvas.toDataURL("image/png");
}

function words(
  c: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  as: string,
  colour: string,
  most?: number,
) {
  c.font = as;
  c.fillStyle = colour;
  c.fillText(text, x, y, most);
}

function box(c: CanvasRenderingContext2D, one: Drawn, x: number, y: number, from: number, to: number) {
  const [inner, room] = [x + 12, tile.width - 24];
  c.strokeStyle = one.alarm ? ink.alarm : ink.edge;
  c.lineWidth = one.alarm ? 2 : 1;
  c.beginPath();
  c.roundRect(x, y, tile.width, tile.height, 6);
  c.stroke();
  words(c, one.name, inner, y + 24, `13px ${font}`, ink.faint, room);
  words(c, one.value, inner, y + 54, `600 24px ${font}`, one.alarm ? ink.alarm : ink.text, room);
  words(c, one.note, inner, y + 72, `12px ${font}`, ink.faint, room);
  if (one.points.length === 0) return;
  c.save();
  c.translate(inner, y + 76);
  c.scale(room / 120, 1);
  c.strokeStyle = ink.line;
  c.lineWidth = 1.5;
  c.stroke(new Path2D(pathOf(one.points, from, to)));
  c.restore();
}
