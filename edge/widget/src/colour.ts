type RGB = [number, number, number];

const fallback = "#0b6e4f";
const enough = 4.5; // WCAG 2.2 AA for text
const ample = 6.5; // what looks as bright on a dark panel

/** The colours that one brand colour is turned into, so that every text on or in it can be read. */
export interface Accent {
  fill: string; // behind text of the colour on
  on: string;
  veil: string; // darkens or lightens a part of fill without harm to on
  light: string; // as text on a light panel
  dark: string; // as text on a dark panel
}

const paper: RGB = [246, 247, 248]; // the darkest light surface that carries accent text
const slate: RGB = [38, 43, 48]; // the lightest dark one

/** Derives the accent from #rgb or #rrggbb; anything else gives the default. */
export function accent(colour: string | undefined): Accent {
  const rgb = parse(colour) ?? (parse(fallback) as RGB);
  const onWhite = contrast(rgb, [255, 255, 255]) >= enough;
  return {
    fill: hex(rgb),
    on: onWhite ? "#ffffff" : "#000000",
    veil: onWhite ? "rgb(0 0 0 / 16%)" : "rgb(255 255 255 / 24%)",
    light: hex(toward(rgb, [0, 0, 0], paper, enough)),
    dark: hex(toward(rgb, [255, 255, 255], slate, ample)),
  };
}

function parse(colour: string | undefined): RGB | undefined {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour?.trim() ?? "")?.[1];
  if (!digits) return undefined;
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join("") : digits;
  const value = Number.parseInt(full, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function hex(rgb: RGB): string {
  return `#${rgb.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** Mixes a colour toward an end in small steps until it can be read on the ground. */
function toward(rgb: RGB, end: RGB, ground: RGB, wanted: number): RGB {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = rgb.map((part, i) => Math.round(part + ((end[i] ?? 0) - part) * share)) as RGB;
    if (contrast(mixed, ground) >= wanted) return mixed;
  }
  return end;
}

/** The WCAG contrast of two colours, 1–21. */
export function contrast(a: RGB, b: RGB): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function luminance(rgb: RGB): number {
  const [r, g, b] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as RGB;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
