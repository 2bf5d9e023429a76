import { QueueBanner } from "./banner";
import type { Client } from "./client";
import { Composer } from "./composer";
import { h, icon, setText } from "./dom";
import { Greeting } from "./greeting";
import { type Texts, texts as textsOf } from "./i18n";
import { LogView } from "./log";
import { rows } from "./rows";
import type { Shelf } from "./shelf";
import type { Lang } from "./wire";

const phone = "(max-width: 540px), (max-height: 420px)"; // where the panel takes the whole screen
const hiccup = 3_000; // ms of lost connection that nobody needs to hear about

/** How the page wants the panel. */
export interface Look {
  title: string | undefined;
  lang: () => Lang;
}

/** Panel is all that is seen: the launcher, and the window with the conversation. */
export class Panel {
  readonly element: HTMLElement;
  opened = false;
  private readonly badge = h("span", { class: "badge hidden", "aria-hidden": "true" });
  private readonly launcher = h(
    "button",
    { type: "button", class: "launcher", "aria-haspopup": "dialog", onclick: () => this.toggle() },
    icon("chat"),
    icon("down"),
    this.badge,
  );
  private readonly mark = h("div", { class: "mark", "aria-hidden": "true" });
  private readonly title = h("h2", { class: "title", id: "keliu-title" });
  private readonly status = h("p", { class: "status", role: "status" });
  private readonly personName = h("span");
  private readonly person = h(
    "button",
    { type: "button", class: "person", onclick: () => this.askPerson() },
    icon("person"),
    this.personName,
  );
  private readonly close = h(
    "button",
    { type: "button", class: "close", onclick: () => this.hide() },
    icon("close"),
  );
  private readonly notice = h("div", { class: "notice hidden", role: "status" });
  private readonly banner = new QueueBanner({
    leave: () => this.leaveQueue(),
    callback: (number) => this.say(this.texts.callbackSay(number)),
  });
  private readonly greeting = new Greeting((text) => this.say(text));
  private readonly log = new LogView(
    {
      texts: () => this.texts,
      lang: () => this.look.lang(),
      pictureURL: (id) => this.client.pictureURL(id),
      choose: (option) => this.say(option),
      retry: (key) => this.client.retry(key),
      discard: (key) => this.client.discard(key),
    },
    () => void this.client.loadEarlier().catch(() => undefined), // the next scroll tries again
    this.greeting.element,
  );
  private readonly composer: Composer;
  private readonly foot = h("div", { class: "legal" });
  private readonly drop = h("div", { class: "drop hidden", "aria-hidden": "true" });
  private readonly window: HTMLElement;
  private readonly narrow = matchMedia(phone);
  private readonly leaving = new AbortController(); // ends every listener on the page
  private lost = 0; // since when the connection is gone
  private lostTimer: ReturnType<typeof setTimeout> | undefined;
  private drawing = false;
  private spoken: Lang | undefined; // the language that the labels are in
  private trouble = ""; // what has just gone wrong
  private pageOverflow = "";

  constructor(
    private readonly client: Client,
    shelf: Shelf,
    private readonly look: Look,
  ) {
    this.composer = new Composer(
      {
        texts: () => this.texts,
        send: (text, pictures) => this.say(text, pictures),
        upload: (picture) => client.upload(picture),
        draft: (text) => {
          if (!text) return shelf.remove("draft");
          shelf.write("draft", text);
          client.writing();
        },
      },
      shelf.read<string>("draft") ?? "",
    );
    const names = h("div", { class: "names" }, this.title, this.status);
    const header = h("header", {}, this.mark, names, this.person, this.close);
    this.window = h(
      "section",
      { class: "window hidden", role: "dialog", "aria-labelledby": "keliu-title" },
      header,
      this.notice,
      this.banner.element,
      this.log.element,
      this.composer.element,
      this.foot,
      this.drop,
    );
    this.element = h("div", { class: "keliu" }, this.window, this.launcher);
    this.listen();
    this.draw();
  }

  private get texts(): Texts {
    return textsOf(this.look.lang());
  }

  /** Whether the window, when open, covers the page. */
  get covers(): boolean {
    return this.narrow.matches;
  }

  /** Draws again soon, once for all that changes in this moment. */
  refresh(): void {
    if (this.drawing) return;
    this.drawing = true;
    queueMicrotask(() => {
      this.drawing = false;
      this.draw();
    });
  }

  show(focus = true): void {
    if (!this.opened) {
      this.opened = true;
      this.client.begin();
      this.fit();
    }
    this.draw();
    this.composer.fit();
    this.log.toNewest();
    // On a phone the keyboard would cover the greeting; the window itself takes the focus there.
    if (focus && this.narrow.matches) this.close.focus();
    else if (focus) this.composer.focus();
  }

  hide(): void {
    if (!this.opened) return;
    this.opened = false;
    this.fit();
    this.draw();
    this.launcher.focus();
  }

  /** Forgets what is being written, after another customer has come to this screen. */
  clear(): void {
    this.composer.clear();
  }

  destroy(): void {
    this.opened = false;
    this.fit();
    clearTimeout(this.lostTimer);
    this.leaving.abort();
  }

  private toggle(): void {
    if (this.opened) this.hide();
    else this.show();
  }

  private say(text: string, pictures: Parameters<Client["send"]>[1] = []): void {
    this.trouble = "";
    this.client.send(text, pictures);
    this.log.toNewest();
  }

  /** Shows the way to a person to whoever has none and waits for none; the focus stays in the header. */
  private offerPerson(offered: boolean): void {
    const { activeElement } = this.element.getRootNode() as ShadowRoot;
    if (!offered && activeElement === this.person) this.close.focus();
    this.person.classList.toggle("hidden", !offered);
  }

  private askPerson(): void {
    const { queue, agent, pending } = this.client.state;
    const asked = pending.some((item) => item.text === this.texts.personSay && item.status !== "failed");
    if (!queue && agent === undefined && !asked) this.say(this.texts.personSay);
    this.log.toNewest();
  }

  private leaveQueue(): void {
    this.client.leaveQueue().catch((err: Error) => {
      this.trouble = err.message || this.texts.trouble;
      this.draw();
    });
  }

  private draw(): void {
    const { client, texts } = this;
    const { state } = client;
    if (this.spoken !== this.look.lang()) this.label();
    this.window.classList.toggle("hidden", !this.opened);
    if (this.opened && !document.hidden) client.markRead();
    this.drawLauncher();

    const brand = this.look.title ?? client.brand;
    setText(this.title, brand ?? texts.title);
    setText(this.mark, [...(brand ?? texts.title)][0] ?? "");
    const human = state.agent !== undefined;
    const waiting = state.queue ? texts.statusQueue : texts.statusAI;
    setText(this.status, human ? texts.statusHuman(state.agent ?? "") : waiting);
    this.offerPerson(!human && state.queue === undefined);

    this.drawNotice();
    this.banner.update(state.queue, texts);
    const head = client.member ? texts.welcomeMember(client.member) : texts.welcome(brand ?? "");
    this.greeting.update(head, texts, state.messages.length === 0 && state.pending.length === 0);
    this.greeting.element.classList.toggle("hidden", state.earlier);
    this.log.update(rows(state), state, !client.ready);
  }

  /** Puts the words that stand still into the language of now. */
  private label(): void {
    const { texts } = this;
    this.spoken = this.look.lang();
    this.element.lang = this.spoken === "zh" ? "zh-CN" : "en";
    this.personName.textContent = texts.person;
    this.person.setAttribute("aria-label", texts.personLabel);
    this.close.setAttribute("aria-label", texts.close);
    this.foot.textContent = texts.foot;
    this.drop.textContent = texts.drop;
    this.composer.update();
  }

  private drawLauncher(): void {
    const { client, texts } = this;
    const count = this.opened ? 0 : client.unread;
    const closed = count > 0 ? texts.unread(count) : texts.open;
    this.launcher.setAttribute("aria-label", this.opened ? texts.close : closed);
    this.launcher.setAttribute("aria-expanded", String(this.opened));
    setText(this.badge, count > 99 ? "99+" : String(count));
    this.badge.classList.toggle("hidden", count === 0);
  }

  private drawNotice(): void {
    const { client, texts } = this;
    const gone = this.opened && !client.live;
    if (!gone) this.lost = 0;
    else this.lost ||= Date.now();
    clearTimeout(this.lostTimer);
    let text = this.trouble;
    if (!navigator.onLine) text = texts.offline;
    else if (gone && Date.now() - this.lost >= hiccup)
      text = client.ready ? texts.reconnecting : texts.connecting;
    else if (gone) this.lostTimer = setTimeout(() => this.draw(), hiccup);
    setText(this.notice, text);
    this.notice.classList.toggle("hidden", text === "");
  }

  private listen(): void {
    const { signal } = this.leaving;
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    this.window.addEventListener("dragover", (event) => this.onDrag(event, true));
    this.window.addEventListener("dragleave", (event) => {
      if (!this.window.contains(event.relatedTarget as Node | null)) this.onDrag(event, false);
    });
    this.window.addEventListener("drop", (event) => {
      this.onDrag(event, false);
      this.composer.attach([...(event.dataTransfer?.files ?? [])]);
    });
    this.narrow.addEventListener("change", () => this.fit(), { signal });
    visualViewport?.addEventListener("resize", () => this.fit(), { signal });
    visualViewport?.addEventListener("scroll", () => this.fit(), { signal });
  }

  private onKey(event: KeyboardEvent): void {
    if (!this.opened || event.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      this.hide();
    }
    if (event.key === "Tab" && this.narrow.matches) this.trap(event);
  }

  /** Keeps the focus in the window while it covers the page. */
  private trap(event: KeyboardEvent): void {
    const all = this.window.querySelectorAll<HTMLElement>(
      "button, textarea, input, a[href], summary, [tabindex='0']",
    );
    const stops = [...all].filter(
      (el) => el.tabIndex >= 0 && !el.matches(":disabled") && el.getClientRects().length > 0,
    );
    const root = this.element.getRootNode() as ShadowRoot;
    const from = event.shiftKey ? stops[0] : stops.at(-1);
    if (root.activeElement !== from) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  }

  private onDrag(event: DragEvent, over: boolean): void {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.drop.classList.toggle("hidden", !over);
  }

  /** Fits a full-screen window to what the keyboard leaves of the screen, and holds the page still behind it. */
  private fit(): void {
    const full = this.opened && this.narrow.matches;
    const page = document.documentElement.style;
    if (full && !this.element.classList.contains("full")) {
      this.pageOverflow = page.overflow;
      page.overflow = "hidden";
    }
    if (!full && this.element.classList.contains("full")) page.overflow = this.pageOverflow;
    this.element.classList.toggle("full", full);
    if (full) this.window.setAttribute("aria-modal", "true");
    else this.window.removeAttribute("aria-modal");
    const view = visualViewport;
    this.window.style.height = full && view ? `${view.height}px` : "";
    this.window.style.transform = full && view ? `translateY(${view.offsetTop}px)` : "";
  }
}
