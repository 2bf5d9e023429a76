import { authorName, prose, type RowActions, RowView } from "./bubble";
import { h, icon } from "./dom";
import type { Row } from "./rows";
import type { State } from "./state";

const near = 80; // pixels from the bottom that still count as reading the newest

/** LogView draws the conversation and keeps the customer's place in it. */
export class LogView {
  readonly element: HTMLElement;
  private readonly list = h("div", { class: "list", role: "log", "aria-live": "polite" });
  private readonly earlier: HTMLButtonElement;
  private readonly newest: HTMLButtonElement;
  private readonly scroller: HTMLElement;
  private readonly draft: Draft;
  private readonly views = new Map<string, RowView>();
  private stuck = true; // whether the customer reads the newest, so that the log follows

  constructor(
    private readonly actions: RowActions,
    private readonly loadEarlier: () => void,
    greeting: HTMLElement,
  ) {
    this.draft = new Draft(() => this.follow());
    this.earlier = h("button", { type: "button", class: "link earlier", onclick: loadEarlier });
    const scroller = h(
      "div",
      { class: "scroller", tabindex: 0, role: "region", onscroll: () => this.onScroll() },
      this.earlier,
      greeting,
      this.list,
      this.draft.element,
    );
    this.scroller = scroller;
    this.newest = h(
      "button",
      { type: "button", class: "newest hidden", onclick: () => this.toNewest(true) },
      icon("down"),
    );
    this.element = h("div", { class: "log" }, scroller, this.newest);
    // What a customer unfolds should be in sight. The event does not bubble, but it can be captured.
    this.list.addEventListener(
      "toggle",
      (event) => (event.target as Element).scrollIntoView({ block: "nearest" }),
      true,
    );
    new ResizeObserver(() => this.follow()).observe(scroller);
  }

  /** Draws the rows. While loading, what appears is history and not news. */
  update(rows: Row[], state: State, loading: boolean): void {
    const texts = this.actions.texts();
    this.list.setAttribute("aria-label", texts.log);
    this.list.setAttribute("aria-busy", String(loading));
    this.scroller.setAttribute("aria-label", texts.log);
    this.newest.setAttribute("aria-label", texts.newest);
    this.earlier.textContent = texts.loadEarlier;
    this.earlier.classList.toggle("hidden", !state.earlier);

    const height = this.scroller.scrollHeight;
    const top = this.list.firstElementChild;
    this.place(rows, loading || this.draft.legible);
    const grown = this.scroller.scrollHeight - height;
    const prepended = top !== null && top !== this.list.firstElementChild;
    const { typing } = state;
    const writer = typing && `${authorName(texts, typing.by, state.agent)} ${texts.typing}`;
    this.draft.update(writer, typing?.text ?? "");
    if (this.stuck) this.follow();
    else if (prepended && grown > 0) this.scroller.scrollTop += grown;
  }

  toNewest(smooth = false): void {
    this.stuck = true;
    this.newest.classList.add("hidden");
    this.scroller.scrollTo({
      top: this.scroller.scrollHeight,
      behavior: smooth && !calm() ? "smooth" : "auto",
    });
  }

  private follow(): void {
    if (this.stuck) this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  private onScroll(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.stuck = scrollHeight - scrollTop - clientHeight < near;
    this.newest.classList.toggle("hidden", this.stuck);
    if (scrollTop < near && scrollHeight > clientHeight) this.loadEarlier();
  }

  /** Puts the rows into the list. What is still has been seen before in some form and makes no entrance. */
  private place(rows: Row[], still: boolean): void {
    const wanted = new Set(rows.map((row) => row.key));
    for (const [key, view] of this.views) {
      if (wanted.has(key)) continue;
      view.element.remove();
      this.views.delete(key);
    }
    let at: Element | null = this.list.firstElementChild;
    for (const row of rows) {
      let view = this.views.get(row.key);
      if (!view) {
        view = new RowView(this.actions);
        view.element.toggleAttribute("data-still", still);
        this.views.set(row.key, view);
      }
      view.update(row);
      if (view.element === at) at = at.nextElementSibling;
      else this.list.insertBefore(view.element, at);
    }
  }
}

/** Draft shows an answer while it is written, letter by letter; it is not part of the log until it is said. */
class Draft {
  readonly element = h("div", { class: "row by-ai draft first last hidden", "aria-hidden": "true" });
  private readonly author = h("div", { class: "author" });
  private readonly text = h("div", { class: "text" });
  private readonly dots = h("span", { class: "dots" }, h("i"), h("i"), h("i"));
  private target = "";
  private shown = 0; // letters of the target
  private frame = 0;

  constructor(private readonly grown: () => void) {
    this.element.append(this.author, h("div", { class: "body" }, this.text, this.dots));
  }

  /** Whether some of the answer can be read already. */
  get legible(): boolean {
    return this.shown > 0;
  }

  update(writer: string | undefined, text: string): void {
    this.element.classList.toggle("hidden", writer === undefined);
    if (!text.startsWith(this.target)) this.shown = 0;
    this.target = text;
    this.author.textContent = writer ?? "";
    if (calm()) this.shown = text.length;
    this.draw();
  }

  private draw(): void {
    this.text.replaceChildren(...prose(this.target.slice(0, this.shown)));
    this.text.classList.toggle("hidden", this.shown === 0);
    this.grown();
    if (this.shown >= this.target.length || this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      // Catch up within a few frames, however the pieces arrive.
      this.shown += Math.max(1, Math.ceil((this.target.length - this.shown) / 12));
      this.draw();
    });
  }
}

/** Whether the customer has asked for little movement. */
function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
