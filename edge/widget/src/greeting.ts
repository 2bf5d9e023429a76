import { h, icon } from "./dom";
import type { Texts } from "./i18n";

/** Greeting stands above a conversation, with questions to start from while there is none. */
export class Greeting {
  readonly element = h("div", { class: "welcome" });
  private drawn = "";

  constructor(private readonly choose: (text: string) => void) {}

  update(head: string, texts: Texts, fresh: boolean): void {
    const look = JSON.stringify([head, texts.welcomeText, fresh]);
    if (look === this.drawn) return;
    this.drawn = look;
    const mark = h("div", { class: "spark" }, icon("spark"));
    this.element.replaceChildren(mark, h("h3", {}, head), h("p", {}, texts.welcomeText));
    if (!fresh) return;
    const starters = texts.starters.map((text) =>
      h("button", { type: "button", class: "option", onclick: () => this.choose(text) }, text),
    );
    this.element.append(
      h("div", { class: "options", role: "group", "aria-label": texts.suggestions }, ...starters),
    );
  }
}
