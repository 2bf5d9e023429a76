import { type Api, Failure } from "./api";
import { Outbox } from "./outbox";
import type { Shelf } from "./shelf";
import {
  type Action,
  initial,
  type Kept,
  keep,
  newest,
  type Pending,
  reduce,
  type State,
  unread,
} from "./state";
import { Stream } from "./stream";
import { decode, type Lang, type Message, type Picture, type Session } from "./wire";

const page = 30; // messages of history at a time
const typingFades = 20_000; // ms after the last sign that somebody writes
const typingEvery = 3_000; // ms between two signs that the customer writes

/** What the shelf holds of a session: the session and the login that it was made for. */
type Stored = Session & { login?: string };

/** What a client is told by the page it lives in. */
export interface Surroundings {
  page: () => string;
  lang: () => Lang;
  uuid: () => string;
  online: () => boolean;
}

/** Client is the widget without its looks: one customer's session, conversation, outbox and event stream. */
export class Client {
  state: State;
  live = false;
  /** Called after every change of what is shown. */
  changed: () => void = () => {};
  private session: Stored | undefined;
  private shown: string | undefined; // the conversation that the state is of
  private making: Promise<Stored> | undefined;
  private login: string | undefined;
  private loaded = false;
  private loadingEarlier = false;
  private quiet: ReturnType<typeof setTimeout> | undefined;
  private signed = Number.NEGATIVE_INFINITY; // when it was last said that the customer writes
  private readonly outbox: Outbox;
  private readonly stream: Stream;

  constructor(
    private readonly api: Api,
    private readonly shelf: Shelf,
    private readonly around: Surroundings,
  ) {
    this.session = shelf.read<Stored>("session");
    this.login = this.session?.login;
    this.shown = this.session?.conversation;
    const carrier = {
      pending: () => this.state.pending,
      post: (item: Pending) => this.post(item),
      tell: (action: Action) => this.dispatch(this.ofHere(action)),
    };
    this.outbox = new Outbox(shelf, carrier, around.online);
    this.state = initial(this.kept(), this.outbox.stored());
    this.stream = new Stream({
      open: (signal) => this.openStream(signal),
      renew: async () => void (await this.renew()),
      live: (is) => {
        this.live = is;
        if (is) this.outbox.wake();
        this.changed();
      },
      frame: (frame) => {
        const event = decode(frame.event, frame.data, frame.id);
        if (event) this.dispatch({ do: "event", event });
      },
    });
  }

  get known(): boolean {
    return this.session !== undefined;
  }
  get ready(): boolean {
    return this.loaded;
  }
  get brand(): string | undefined {
    return this.session?.brand?.name;
  }
  get member(): string | undefined {
    return this.session?.member?.name;
  }
  get unread(): number {
    return unread(
      this.state,
      this.shelf.read<number>(`read.${this.session?.conversation}`) ?? Number.MAX_VALUE,
    );
  }

  /**
   * Connects, which makes a session when there is none. Safe to call at any time; afresh drops a connection that
   * may be dead without knowing it.
   */
  begin(afresh = false): void {
    if (afresh) this.stream.stop();
    if (this.stream.started) this.stream.wake();
    else this.stream.start();
    this.outbox.wake();
    void this.outbox.flush();
  }

  /** Lets the connection go, for a page that nobody looks at. */
  rest(): void {
    this.stream.stop();
  }

  /** Says that the customer now sees all there is. */
  markRead(): void {
    if (!this.session || !this.loaded) return;
    const key = `read.${this.session.conversation}`;
    const seen = newest(this.state);
    if (seen > (this.shelf.read<number>(key) ?? -1)) this.shelf.write(key, seen);
  }

  /** Tells whoever answers that the customer writes, now and then; what is written is not told. */
  writing(): void {
    const now = performance.now();
    if (!this.session || !this.live || now - this.signed < typingEvery) return;
    this.signed = now;
    this.api.typing(this.session.token).catch(() => {}); // a sign that is lost harms nobody
  }

  send(text: string, pictures: Picture[] = []): void {
    this.signed = Number.NEGATIVE_INFINITY; // whoever goes on writing is seen to
    const item = this.outbox.add(this.around.uuid(), text, pictures);
    this.dispatch({ do: "add", item });
    this.begin();
  }

  retry(key: string): void {
    this.dispatch({ do: "mark", key, status: "waiting" });
    this.begin();
  }

  discard(key: string): void {
    this.outbox.remove(key);
    this.dispatch({ do: "drop", key });
  }

  upload(picture: Blob): Promise<Picture> {
    return this.withSession((token) => this.api.upload(token, picture));
  }

  pictureURL(id: string): string {
    return this.api.pictureURL(this.session?.token ?? "", id);
  }

  leaveQueue(): Promise<void> {
    return this.withSession((token) => this.api.leave(token));
  }

  async loadEarlier(): Promise<void> {
    if (this.loadingEarlier || !this.state.earlier) return;
    this.loadingEarlier = true;
    const conversation = this.shown;
    try {
      const before = this.state.messages[0]?.seq;
      const messages = await this.withSession((token) => this.api.history(token, before, page));
      if (conversation === this.shown)
        this.dispatch({ do: "history", messages, earlier: hasEarlier(messages) });
    } finally {
      this.loadingEarlier = false;
    }
  }

  /**
   * Takes the page's login, or ends it, and resolves to whether another customer is here now: after a logout nobody
   * else at this screen reads the conversation.
   */
  async identify(login: string | undefined): Promise<boolean> {
    if (login === this.login) return false;
    const leaving = login === undefined;
    this.login = login;
    const connected = this.stream.started;
    this.stream.stop();
    if (leaving) {
      for (const item of this.state.pending) this.outbox.remove(item.key);
      for (const key of ["visitor", "draft", "session"]) this.shelf.remove(key);
      this.forget();
      return true;
    }
    if (this.session || this.making || connected) {
      this.session = undefined;
      this.stream.start();
      await this.establish();
    } // else the session that is made some day will carry it
    return false;
  }

  /** Hears what another tab has written on the shelf. */
  otherTab(key: string): void {
    if (key === "session") {
      const session = this.shelf.read<Stored>("session");
      if (session?.token === this.session?.token) return;
      this.login = session?.login;
      if (session) {
        this.adopt(session);
        if (this.stream.started) this.stream.restart();
      } else {
        this.stream.stop();
        this.forget();
      }
    } else if (key.startsWith("out.") && !this.shelf.read(key)) {
      this.dispatch({ do: "drop", key: key.slice("out.".length) });
    }
    this.changed();
  }

  destroy(): void {
    clearTimeout(this.quiet);
    this.stream.stop();
  }

  private dispatch(action: Action): void {
    const before = this.state;
    this.state = reduce(before, action);
    if (action.do === "event") this.afterEvent(before);
    this.changed();
  }

  private afterEvent(before: State): void {
    if (this.session && this.state.cursor !== before.cursor) {
      this.shelf.write(`kept.${this.session.conversation}`, keep(this.state));
    }
    clearTimeout(this.quiet);
    if (this.state.typing) this.quiet = setTimeout(() => this.dispatch({ do: "quiet" }), typingFades);
  }

  private kept(): Kept | undefined {
    return this.session && this.shelf.read<Kept>(`kept.${this.session.conversation}`);
  }

  private async openStream(signal: AbortSignal): Promise<Response> {
    const session = await this.establish();
    if (!this.loaded) {
      const messages = await this.api.history(session.token, undefined, page);
      if (signal.aborted || session.conversation !== this.shown) throw new Failure(0, "", "");
      this.loaded = true;
      // A conversation without a message has not got as far as the cursor: the edge has begun anew.
      if (messages.length === 0) this.state = { ...this.state, cursor: 0 };
      this.dispatch({ do: "history", messages, earlier: hasEarlier(messages) });
      if (this.shelf.read(`read.${session.conversation}`) === undefined) this.markRead();
    }
    const after = this.state.cursor > 0 ? String(this.state.cursor) : undefined;
    return this.api.events(session.token, after, this.around.page(), signal);
  }

  private post({ key, text, pictures }: Pending): Promise<Message> {
    const ids = pictures.map((picture) => picture.id);
    return this.withSession((token) => this.api.send(token, key, text, ids));
  }

  private async withSession<T>(call: (token: string) => Promise<T>): Promise<T> {
    const session = await this.establish();
    try {
      return await call(session.token);
    } catch (err) {
      if (!(err instanceof Failure && err.expired)) throw err;
      return call((await this.renew()).token);
    }
  }

  private renew(): Promise<Stored> {
    if (!this.making) this.session = undefined;
    return this.establish();
  }

  private establish(): Promise<Stored> {
    if (this.session) return Promise.resolve(this.session);
    this.making ??= this.make().finally(() => {
      this.making = undefined;
    });
    return this.making;
  }

  private async make(): Promise<Stored> {
    for (;;) {
      const visitor = this.shelf.read<string>("visitor") ?? this.around.uuid();
      this.shelf.write("visitor", visitor);
      const login = this.login;
      let session: Session | undefined;
      try {
        const { page, lang } = this.around;
        session = await this.api.session({ visitor, member: login, page: page(), lang: lang() });
      } catch (err) {
        // A login that has run out must not keep the customer from being served.
        if (!(err instanceof Failure) || err.passing || !login) throw err;
        if (login === this.login) this.login = undefined;
      }
      if (!session || login !== this.login) continue; // somebody has logged in or out meanwhile
      const stored: Stored = login ? { ...session, login } : session;
      this.shelf.write("session", stored);
      this.shelf.write("visitor", session.visitor);
      this.adopt(stored);
      return stored;
    }
  }

  private adopt(session: Stored): void {
    const other = session.conversation !== this.shown;
    this.session = session;
    this.shown = session.conversation;
    if (other) this.reset();
    this.changed();
  }

  private forget(): void {
    this.session = undefined;
    this.shown = undefined;
    this.reset();
    this.changed();
  }

  private reset(): void {
    this.loaded = false;
    this.state = initial(this.kept(), this.outbox.stored());
  }

  /** What was confirmed for a conversation that is no longer shown is done, but not to be seen. */
  private ofHere(action: Action): Action {
    if (action.do !== "confirm" || action.message.conversation === this.shown) return action;
    return { do: "drop", key: action.key };
  }
}

/** Whether older messages may lie before a page of history: places are counted from 1. */
function hasEarlier(page: Message[]): boolean {
  return (page[0]?.seq ?? 1) > 1;
}
