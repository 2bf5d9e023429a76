import { h, icon } from "./dom";
import type { Texts } from "./i18n";
import { accepted, prepare, Unfit } from "./pictures";
import type { Picture } from "./wire";

const longest = 2000; // characters of one message
const warn = 200; // left, from when on the counter shows
const most = 3; // pictures of one message

interface Attached {
  element: HTMLElement;
  picture: Picture | undefined; // set once it is uploaded
}

/** What a composer hands over. */
export interface ComposerActions {
  texts: () => Texts;
  send: (text: string, pictures: Picture[]) => void;
  upload: (picture: Blob) => Promise<Picture>;
  draft: (text: string) => void;
}

/** Composer is where the customer writes: Enter sends, Shift+Enter breaks the line, an input method is left alone. */
export class Composer {
  readonly element: HTMLFormElement;
  private readonly input = h("textarea", { rows: 1, enterkeyhint: "send", autocomplete: "off" });
  private readonly file = h("input", {
    type: "file",
    accept: accepted,
    multiple: true,
    class: "hidden",
    tabindex: -1,
  });
  private readonly pick = h(
    "button",
    { type: "button", class: "tool", onclick: () => this.file.click() },
    icon("picture"),
  );
  private readonly submit = h("button", { type: "submit", class: "send" }, icon("send"));
  private readonly tray = h("div", { class: "tray hidden" });
  private readonly hint = h("div", { class: "hint", role: "status" });
  private attached: Attached[] = [];

  constructor(
    private readonly on: ComposerActions,
    draft: string,
  ) {
    this.input.value = draft;
    const line = h("div", { class: "line" }, this.pick, this.input, this.submit, this.file);
    this.element = h("form", { class: "composer" }, this.tray, this.hint, line);
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("input", () => {
      on.draft(this.input.value);
      this.refresh();
    });
    this.input.addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      this.attach(files);
    });
    this.file.addEventListener("change", () => {
      this.attach([...(this.file.files ?? [])]);
      this.file.value = "";
    });
  }

  focus(): void {
    this.input.focus();
  }

  /** Puts the words into the language of now. */
  update(): void {
    const texts = this.on.texts();
    this.input.placeholder = texts.placeholder;
    this.input.setAttribute("aria-label", texts.input);
    this.pick.setAttribute("aria-label", texts.picture);
    this.pick.title = texts.picture;
    this.submit.setAttribute("aria-label", texts.send);
    this.file.setAttribute("aria-label", texts.picture);
    this.refresh();
  }

  clear(): void {
    this.input.value = "";
    this.attached = [];
    this.tray.replaceChildren();
    this.refresh();
  }

  /** Takes pictures that were picked, pasted or dropped, and sends each on its way at once. */
  attach(files: File[]): void {
    const room = most - this.attached.length;
    this.say(files.length > room ? this.on.texts().pictureMany : "");
    for (const file of files.slice(0, room)) void this.add(file);
  }

  private async add(file: File): Promise<void> {
    const texts = this.on.texts();
    const remove = h(
      "button",
      { type: "button", class: "remove", "aria-label": texts.removePicture },
      icon("close"),
    );
    const element = h(
      "div",
      { class: "attached busy", role: "group", "aria-label": texts.uploading },
      remove,
    );
    const attached: Attached = { element, picture: undefined };
    const drop = () => {
      this.attached = this.attached.filter((other) => other !== attached);
      element.remove();
      this.refresh();
    };
    remove.addEventListener("click", () => {
      drop();
      this.focus();
    });
    this.attached.push(attached);
    this.tray.append(element);
    this.refresh();
    try {
      const { blob, preview } = await prepare(file);
      element.prepend(preview);
      attached.picture = await this.on.upload(blob);
      element.classList.remove("busy");
      element.setAttribute("aria-label", texts.pictureOf);
      this.refresh();
    } catch (err) {
      drop();
      this.say(err instanceof Unfit ? texts[err.why] : (err as Error).message || texts.pictureFailed);
    }
  }

  private onKey(event: KeyboardEvent): void {
    // Enter also ends the composition of Chinese characters; 229 is how some browsers say so afterwards.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.send();
  }

  private send(): void {
    if (!this.sendable()) return;
    const pictures = this.attached.flatMap((attached) => attached.picture ?? []);
    const text = this.input.value.trim();
    this.clear();
    this.on.draft("");
    this.say("");
    this.on.send(text, pictures);
    this.focus();
  }

  private sendable(): boolean {
    const length = [...this.input.value.trim()].length;
    const whole = this.attached.every((attached) => attached.picture);
    return whole && length <= longest && (length > 0 || this.attached.length > 0);
  }

  private refresh(): void {
    const left = longest - [...this.input.value.trim()].length;
    if (left <= warn) this.say(this.on.texts().limit(left), left < 0);
    else if (this.hint.dataset.limit) this.say("");
    if (left <= warn) this.hint.dataset.limit = "true";
    else delete this.hint.dataset.limit;
    this.submit.disabled = !this.sendable();
    this.pick.disabled = this.attached.length >= most;
    this.tray.classList.toggle("hidden", this.attached.length === 0);
    this.fit();
  }

  /** Makes the input as high as its text; what is not seen has no height to go by. */
  fit(): void {
    this.input.style.height = "auto";
    const height = this.input.scrollHeight;
    if (height > 0) this.input.style.height = `${Math.min(height, 132)}px`;
  }

  private say(text: string, wrong = true): void {
    this.hint.textContent = text;
    this.hint.classList.toggle("wrong", wrong);
  }
}
