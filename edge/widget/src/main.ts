import { Api } from "./api";
import { Client } from "./client";
import { accent } from "./colour";
import { langOf } from "./i18n";
import { Panel } from "./panel";
import { browserBacking, Shelf } from "./shelf";
import css from "./style.css?inline";

const restAfter = 60_000; // ms a page is hidden until its connection is let go: browsers allow few per shop

/** What a page may ask of the widget, as window.Keliu. */
export interface Keliu {
  open(): void;
  close(): void;
  /** Takes the shop's signed word for who the customer is; null or nothing after a logout. */
  identify(member?: string | null): void;
  destroy(): void;
}

declare global {
  interface Window {
    Keliu?: Keliu;
  }
}

/** Puts the widget on the page that the script tag stands on. */
function mount(script: HTMLScriptElement): Keliu {
  const settings = script.dataset;
  const page = document.documentElement;
  const shelf = new Shelf(browserBacking());
  const lang = () => langOf(settings.lang, page.lang, navigator.language);
  const client = new Client(new Api(new URL(script.src).origin, lang), shelf, {
    page: () => location.href.split("#", 1).join("").slice(0, 500),
    lang,
    uuid,
    online: () => navigator.onLine,
  });
  const panel = new Panel(client, shelf, { title: settings.title, lang });
  client.changed = () => panel.refresh();

  const host = document.createElement("keliu-chat");
  const root = host.attachShadow({ mode: "open" });
  dress(host, root, settings);
  root.append(panel.element);
  const leaving = new AbortController();
  const { signal } = leaving;
  if (document.body) document.body.append(host);
  else document.addEventListener("DOMContentLoaded", () => document.body.append(host), { signal });

  const follow = new MutationObserver(() => panel.refresh());
  follow.observe(page, { attributeFilter: ["lang"] });
  watch(client, shelf, panel, signal);
  const identify = (member: string | undefined) => {
    client.identify(member).then(
      (another) => {
        if (another) panel.clear();
        if (panel.opened) client.begin();
      },
      () => undefined, // no connection now: the stream goes on trying
    );
  };
  if (settings.member) identify(settings.member);
  if (client.known) client.begin(); // to show what came since; a new visitor costs nothing until the panel opens
  if (sessionStore("open") && !panel.covers) panel.show(false);

  return {
    open: () => panel.show(),
    close: () => panel.hide(),
    identify: (member) => identify(member || undefined),
    destroy: () => {
      leaving.abort();
      follow.disconnect();
      panel.destroy();
      client.destroy();
      host.remove();
      delete window.Keliu;
    },
  };
}

/** Listens to what happens around the widget: the network, the visibility of the page, other tabs. */
function watch(client: Client, shelf: Shelf, panel: Panel, signal: AbortSignal): void {
  let hidden: ReturnType<typeof setTimeout> | undefined;
  const again = (afresh = false) => {
    if (client.known || panel.opened) client.begin(afresh);
  };
  const on = { signal };
  window.addEventListener("online", () => again(true), on);
  window.addEventListener("offline", () => panel.refresh(), on);
  window.addEventListener("pageshow", (event) => event.persisted && again(), on);
  window.addEventListener(
    "pagehide",
    () => {
      sessionStore("open", panel.opened);
      client.rest(); // an open connection would keep the page out of the browser's back/forward cache
    },
    on,
  );
  document.addEventListener(
    "visibilitychange",
    () => {
      clearTimeout(hidden);
      if (document.hidden) hidden = setTimeout(() => client.rest(), restAfter);
      else again();
      panel.refresh();
    },
    on,
  );
  window.addEventListener(
    "storage",
    (event) => {
      const key = shelf.owns(event.key);
      if (key) client.otherTab(key);
    },
    on,
  );
}

/** Gives the widget its style sheet and the shop's colour. */
function dress(host: HTMLElement, root: ShadowRoot, settings: DOMStringMap): void {
  const colours = accent(settings.colour);
  for (const [name, value] of Object.entries(colours)) host.style.setProperty(`--keliu-${name}`, value);
  host.dataset.position = settings.position === "left" ? "left" : "right";
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement("style");
    style.textContent = css;
    root.append(style);
  }
}

/** Reads or writes a mark that belongs to this tab alone. */
function sessionStore(key: string, value?: boolean): boolean {
  try {
    if (value !== undefined) sessionStorage.setItem(`keliu.${key}`, String(value));
    return sessionStorage.getItem(`keliu.${key}`) === "true";
  } catch {
    return false;
  }
}

/** A version 4 UUID; crypto.randomUUID is missing on plain http. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement && !window.Keliu) {
  window.Keliu = mount(script);
  document.dispatchEvent(new CustomEvent("keliu:ready"));
}
