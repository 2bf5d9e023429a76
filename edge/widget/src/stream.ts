import { Failure } from "./api";
import { type Frame, Frames } from "./sse";

const silence = 70_000; // ms; the edge sends a comment far more often than that
const slowest = 30_000;

/** How long to wait before the next attempt, in ms: doubling from half a second, with jitter. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  return Math.min(slowest, 500 * 2 ** attempt) * (0.5 + random() / 2);
}

/** What a stream needs from its owner. */
export interface Listener {
  /** Opens the stream where the last one ended; rejects with a Failure. */
  open(signal: AbortSignal): Promise<Response>;
  frame(frame: Frame): void;
  live(is: boolean): void;
  /** Makes a new session after the old one has run out. */
  renew(): Promise<void>;
}

/** Stream keeps one event stream open: it reconnects with backoff, at once when woken, until stopped. */
export class Stream {
  private running: AbortController | undefined;
  private nudge: (() => void) | undefined;

  constructor(private readonly listener: Listener) {}

  get started(): boolean {
    return this.running !== undefined;
  }

  start(): void {
    if (this.running) return;
    this.running = new AbortController();
    void this.run(this.running.signal);
  }

  stop(): void {
    this.running?.abort();
    this.running = undefined;
    this.nudge?.();
    this.listener.live(false);
  }

  /** Drops the present connection and opens a new one. */
  restart(): void {
    this.stop();
    this.start();
  }

  /** Ends a wait between two attempts: the network is back, or the page is looked at again. */
  wake(): void {
    this.nudge?.();
  }

  private async run(stopped: AbortSignal): Promise<void> {
    for (let attempt = 0; !stopped.aborted; ) {
      let wait: number | undefined;
      try {
        if (await this.read(stopped)) attempt = 0;
      } catch (err) {
        if (err instanceof Failure) wait = err.retryAfter;
        if (err instanceof Failure && err.expired && !stopped.aborted) {
          await this.listener.renew().catch(() => undefined); // the next attempt finds out
        }
      }
      if (stopped.aborted) return;
      this.listener.live(false);
      await this.pause(wait ?? backoff(attempt++));
    }
  }

  /** Reads one connection to its end and reports whether it brought anything. */
  private async read(stopped: AbortSignal): Promise<boolean> {
    const connection = new AbortController();
    const end = () => connection.abort();
    stopped.addEventListener("abort", end);
    let watch = setTimeout(end, silence);
    let heard = false;
    try {
      const response = await this.listener.open(connection.signal);
      if (!response.body || stopped.aborted) return false;
      this.listener.live(true);
      const reader = response.body.getReader();
      const frames = new Frames();
      for (;;) {
        const { done, value } = await reader.read();
        if (done || stopped.aborted) return heard;
        heard = true;
        clearTimeout(watch);
        watch = setTimeout(end, silence);
        for (const frame of frames.push(value)) this.listener.frame(frame);
      }
    } finally {
      clearTimeout(watch);
      stopped.removeEventListener("abort", end);
      connection.abort();
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.nudge = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
