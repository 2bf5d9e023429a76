// One WebSocket to the server, which comes back by itself.
import type { Frames, FrameType, Said } from "./frames";

export type State = "connecting" | "open" | "lost";

type Handler = (frame: never) => void;

const loginEnded = 4401; // the server's close code: log in again
const firstDelay = 500; // ms, doubled with every failure
const longestDelay = 15_000;
const patience = 3_000; // how long a break may last before the person is told

/** A live connection. Whoever listens need not know whether it is up: after a break they hear "refresh". */
export class Connection {
  private socket: WebSocket | undefined;
  private readonly handlers = new Map<FrameType, Set<Handler>>();
  private readonly watchers = new Set<() => void>();
  private retry: ReturnType<typeof setTimeout> | undefined;
  private alarm: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private broken = false; // there was a connection before
  private view: string | undefined;
  private closed = true;
  state: State = "connecting";

  constructor(
    private readonly address: () => string,
    private readonly loggedOut: () => void,
  ) {}

  open() {
    if (!this.closed) return;
    this.closed = false;
    this.connect();
  }

  close() {
    this.closed = true;
    clearTimeout(this.retry);
    clearTimeout(this.alarm);
    this.socket?.close();
    this.socket = undefined;
    this.broken = false;
    this.failures = 0;
    this.become("connecting");
  }

  /** Hears every frame of a type. Returns how to stop hearing. */
  on<T extends FrameType>(type: T, handler: (frame: Frames[T]) => void): () => void {
    const all = this.handlers.get(type) ?? new Set();
    this.handlers.set(type, all.add(handler as Handler));
    return () => all.delete(handler as Handler);
  }

  /** Hears when the state changes. */
  watch(tell: () => void): () => void {
    this.watchers.add(tell);
    return () => this.watchers.delete(tell);
  }

  /** Says something if there is a connection. What one looks at is said again after a break. */
  say(said: Said) {
    if (said.type === "view") this.view = said.conversation;
    if (said.type === "leave" && this.view === said.conversation) this.view = undefined;
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(said));
  }

  /** Tries again at once: the network is back, or the person is. */
  hurry() {
    if (this.closed || this.socket) return;
    clearTimeout(this.retry);
    this.connect();
  }

  private connect() {
    const socket = new WebSocket(this.address());
    this.socket = socket;
    socket.onopen = () => {
      this.failures = 0;
      clearTimeout(this.alarm);
      this.alarm = undefined;
      this.become("open");
      if (this.view) this.say({ type: "view", conversation: this.view });
      if (this.broken) this.tell("refresh", {});
      this.broken = true;
    };
    socket.onmessage = (e) => this.hear(e.data);
    socket.onclose = (e) => {
      if (this.socket !== socket) return;
      this.socket = undefined;
      if (e.code === loginEnded) {
        this.closed = true;
        this.loggedOut();
      }
      if (this.closed) return;
      this.alarm ??= setTimeout(() => this.become("lost"), patience);
      this.retry = setTimeout(() => this.connect(), this.delay());
    };
  }

  // Screens that were cut off together do not all come back at the same moment.
  private delay(): number {
    const most = Math.min(longestDelay, firstDelay * 2 ** this.failures++);
    return most / 2 + (Math.random() * most) / 2;
  }

  private hear(data: unknown) {
    let frame: { type: FrameType };
    try {
      frame = JSON.parse(String(data));
    } catch {
      return; // a newer server may say what this page does not understand
    }
    this.tell(frame.type, frame);
  }

  private tell(type: FrameType, frame: object) {
    for (const handler of this.handlers.get(type) ?? []) handler(frame as never);
  }

  private become(state: State) {
    if (this.state === state) return;
    this.state = state;
    for (const tell of this.watchers) tell();
  }
}
