type Child = Node | string | undefined | false;

/** What an element is given: attributes, and listeners under names that start with "on". */
type Props = Record<string, string | boolean | number | ((event: never) => void) | undefined>;

/** Builds an element. Text always becomes text, never markup. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(
    ...children.filter((child): child is Node | string => child !== undefined && child !== false),
  );
  return element;
}

/** Sets a text only when it differs, so that a live region does not repeat itself. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

const shapes = {
  chat: "M12 3.5c5 0 9 3.4 9 7.7s-4 7.7-9 7.7c-1 0-2-.1-2.9-.4L4.6 20.5l.9-3.7C3.9 15.4 3 13.4 3 11.2c0-4.3 4-7.7 9-7.7Z",
  down: "m5.5 9 6.5 6.5L18.5 9",
  close: "m6 6 12 12M18 6 6 18",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8.5c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5",
  picture: "M4 5.5h16v13H4zM4 15.5l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9.5h.01",
  send: "M12 19.5v-14M5.5 11.5 12 5l6.5 6.5",
  spark:
    "M12 3.5c.8 4.8 3.2 7.2 8.5 8.5-5.3 1.3-7.7 3.7-8.5 8.5-.8-4.8-3.2-7.2-8.5-8.5 5.3-1.3 7.7-3.7 8.5-8.5Z",
  clock: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5V12l3 2",
};

/** Draws one of the widget's icons; it is decoration, the label stands on its owner. */
export function icon(name: keyof typeof shapes): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", shapes[name]);
  svg.append(path);
  return svg;
}
