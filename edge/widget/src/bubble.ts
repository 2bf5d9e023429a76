import { h, icon } from "./dom";
import type { Texts } from "./i18n";
import { pieces } from "./links";
import type { Row } from "./rows";
import type { Author, Citation, Lang, Picture } from "./wire";

/** What a row of the log can ask for. */
export interface RowActions {
  texts: () => Texts;
  lang: () => Lang;
  pictureURL: (id: string) => string;
  choose: (option: string) => void;
  retry: (key: string) => void;
  discard: (key: string) => void;
}

/** The text of a message with its links as links. */
export function prose(text: string): Node[] {
  return pieces(text).map((piece) =>
    piece.href
      ? h("a", { href: piece.href, target: "_blank", rel: "noopener noreferrer nofollow" }, piece.text)
      : document.createTextNode(piece.text),
  );
}

/** The name that stands over what somebody says. */
export function authorName(texts: Texts, by: Author, agent: string | undefined): string {
  if (by === "customer") return texts.you;
  if (by === "human") return agent || texts.human;
  return by === "ai" ? texts.ai : texts.system;
}

/**
 * A RowView keeps the element of one row. It changes only the part that has changed, so that a screen reader
 * hears a message once, not again when it has been confirmed.
 */
export class RowView {
  readonly element = h("div");
  private readonly author = h("div", { class: "author" });
  private readonly body = h("div", { class: "body" });
  private readonly foot = h("div", { class: "foot" });
  private readonly drawn = { body: "", foot: "", author: "" };

  constructor(private readonly actions: RowActions) {}

  update(row: Row): void {
    if (row.kind === "day") {
      this.element.className = "day";
      this.element.textContent = dayName(row.at, this.actions.texts(), this.actions.lang());
      return;
    }
    const said = row.kind === "message" ? row.message : { ...row.item, by: "customer" as const };
    const state = row.kind === "pending" ? row.item.status : "said";
    this.element.className = `row by-${said.by} is-${state}${row.first ? " first" : ""}${row.last ? " last" : ""}`;
    if (!this.body.isConnected) this.element.append(this.author, this.body, this.foot);

    const name = authorName(
      this.actions.texts(),
      said.by,
      row.kind === "message" ? row.message.agent : undefined,
    );
    this.once("author", `${name}${row.first}`, () => {
      this.author.className =
        row.first && said.by !== "customer" && said.by !== "system" ? "author" : "author hidden";
      const mark = said.by === "ai" && icon("spark");
      this.author.replaceChildren(...(mark ? [mark] : []), name);
    });
    const pictures = said.pictures ?? [];
    const citations = row.kind === "message" ? (row.message.citations ?? []) : [];
    const urls = pictures.map((picture) => this.actions.pictureURL(picture.id));
    this.once("body", JSON.stringify([said.text, urls, citations, this.actions.lang()]), () => {
      this.body.replaceChildren(
        ...pictures.map((picture, i) => this.picture(picture, urls[i] ?? "", said.by)),
        ...(said.text ? [h("div", { class: "text" }, ...prose(said.text))] : []),
        ...this.citations(citations),
      );
    });
    this.once("foot", JSON.stringify([row, this.actions.lang()]), () =>
      this.foot.replaceChildren(...this.below(row)),
    );
  }

  private once(part: keyof RowView["drawn"], look: string, draw: () => void): void {
    if (this.drawn[part] === look) return;
    this.drawn[part] = look;
    draw();
  }

  private picture(picture: Picture, url: string, by: Author): HTMLElement {
    const texts = this.actions.texts();
    const alt = by === "customer" ? texts.pictureOwn : texts.pictureOf;
    const size = picture.width && picture.height ? { width: picture.width, height: picture.height } : {};
    return h(
      "a",
      { class: "picture", href: url, target: "_blank", rel: "noopener noreferrer" },
      h("img", { src: url, alt, loading: "lazy", decoding: "async", ...size }),
    );
  }

  private citations(citations: Citation[]): HTMLElement[] {
    if (citations.length === 0) return [];
    const texts = this.actions.texts();
    const chips = citations.map((citation, i) =>
      h(
        "details",
        { class: "citation" },
        h(
          "summary",
          {},
          h("span", { class: "unseen" }, `${texts.source} `),
          h("span", { class: "number" }, String(i + 1)),
          h("span", { class: "title" }, citation.title),
        ),
        h("blockquote", {}, citation.passage),
      ),
    );
    return [h("div", { class: "citations", role: "group", "aria-label": texts.sources }, ...chips)];
  }

  private below(row: Exclude<Row, { kind: "day" }>): Node[] {
    const texts = this.actions.texts();
    if (row.kind === "pending") return this.progress(row);
    const out: Node[] = [];
    if (row.last && row.message.by !== "system") {
      out.push(h("time", { datetime: row.message.at }, clock(row.message.at, this.actions.lang())));
    }
    if (row.options.length > 0) {
      const buttons = row.options.map((option) =>
        h("button", { type: "button", class: "option", onclick: () => this.actions.choose(option) }, option),
      );
      out.push(h("div", { class: "options", role: "group", "aria-label": texts.suggestions }, ...buttons));
    }
    return out;
  }

  private progress(row: Extract<Row, { kind: "pending" }>): Node[] {
    const texts = this.actions.texts();
    const { key, status, problem } = row.item;
    if (status === "sending") return [h("span", { class: "progress" }, texts.sending)];
    if (status === "waiting") return [h("span", { class: "progress" }, icon("clock"), texts.waiting)];
    return [
      h("span", { class: "failure" }, texts.failed(problem ?? "")),
      h(
        "button",
        { type: "button", class: "link retry", onclick: () => this.actions.retry(key) },
        texts.retry,
      ),
      h("button", { type: "button", class: "link", onclick: () => this.actions.discard(key) }, texts.discard),
    ];
  }
}

function clock(at: string, lang: Lang): string {
  const locale = lang === "zh" ? "zh-CN" : "en-GB";
  return new Date(at).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", hour12: false });
}

function dayName(at: Date, texts: Texts, lang: Lang, now = new Date()): string {
  const midnight = (day: Date) => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
  const ago = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (ago === 0) return texts.today;
  if (ago === 1) return texts.yesterday;
  const year: { year?: "numeric" } = at.getFullYear() === now.getFullYear() ? {} : { year: "numeric" };
  return at.toLocaleDateString(lang === "zh" ? "zh-CN" : "en-GB", { ...year, month: "long", day: "numeric" });
}
