import { h, icon, setText } from "./dom";
import type { Texts } from "./i18n";
import type { Queue } from "./state";

const mobile = /^1[3-9]\d{9}$/;

/** QueueBanner tells the customer's place in the line, and offers to leave it or to leave a number. */
export class QueueBanner {
  readonly element = h("section", { class: "queue hidden" });
  private readonly title = h("strong");
  private readonly text = h("p");
  private readonly leave = h("button", { type: "button", class: "chip", onclick: () => this.on.leave() });
  private readonly offer = h("button", { type: "button", class: "chip", onclick: () => this.ask(true) });
  private readonly phone = h("input", {
    type: "tel",
    inputmode: "numeric",
    autocomplete: "tel",
    maxlength: 16,
  });
  private readonly problem = h("p", { class: "problem", role: "alert" });
  private readonly submit = h("button", { type: "submit", class: "chip strong" });
  private readonly cancel = h("button", { type: "button", class: "chip", onclick: () => this.ask(false) });
  private readonly form: HTMLFormElement;
  private wrong = "";

  constructor(private readonly on: { leave: () => void; callback: (phone: string) => void }) {
    const buttons = h("div", { class: "actions" }, this.offer, this.leave);
    const row = h("div", { class: "actions" }, this.phone, this.submit, this.cancel);
    this.form = h(
      "form",
      { class: "hidden", novalidate: true, onsubmit: (e: Event) => this.send(e) },
      row,
      this.problem,
    );
    const words = h("div", { class: "words", role: "status" }, this.title, this.text);
    this.element.append(icon("clock"), h("div", {}, words, buttons, this.form));
  }

  update(queue: Queue | undefined, texts: Texts): void {
    this.element.classList.toggle("hidden", !queue);
    if (!queue) {
      this.ask(false);
      return;
    }
    this.element.setAttribute("aria-label", texts.statusQueue);
    setText(
      this.title,
      queue.staffed || queue.position === 0 ? texts.queueTitle(queue.position) : texts.queueUnstaffed,
    );
    setText(this.text, queue.text || (queue.staffed ? "" : texts.queueTitle(queue.position)));
    setText(this.leave, texts.leave);
    setText(this.offer, texts.callback);
    setText(this.submit, texts.callbackSend);
    setText(this.cancel, texts.cancel);
    this.phone.setAttribute("aria-label", texts.callbackLabel);
    this.phone.placeholder = texts.callbackLabel;
    this.wrong = texts.callbackWrong;
  }

  private ask(open: boolean): void {
    const changed = this.form.classList.contains("hidden") === open;
    this.form.classList.toggle("hidden", !open);
    this.offer.classList.toggle("hidden", open);
    this.problem.textContent = "";
    if (changed && open) this.phone.focus();
  }

  private send(event: Event): void {
    event.preventDefault();
    const phone = this.phone.value.replace(/^\+?86/, "").replace(/[\s-]/g, "");
    if (!mobile.test(phone)) {
      this.problem.textContent = this.wrong;
      this.phone.focus();
      return;
    }
    this.phone.value = "";
    this.ask(false);
    this.on.callback(phone);
  }
}
