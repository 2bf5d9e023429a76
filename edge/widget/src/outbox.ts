import { Failure } from "./api";
import type { Shelf } from "./shelf";
import type { Action, Pending } from "./state";
import { backoff } from "./stream";
import type { Message, Picture } from "./wire";

const attempts = 6; // in about half a minute, before the customer is asked
const stale = 3_600_000; // ms; what is older is not sent without asking

/** What an outbox needs from its owner. */
export interface Carrier {
  pending(): Pending[];
  post(item: Pending): Promise<Message>;
  tell(action: Action): void;
}

/** Outbox sends messages in order, one at a time, each under one key for ever: nothing is lost or said twice. */
export class Outbox {
  private busy = false;
  private nudge: (() => void) | undefined;

  constructor(
    private readonly shelf: Shelf,
    private readonly carrier: Carrier,
    private readonly online: () => boolean,
  ) {}

  /** The messages that were waiting when the page was left. */
  stored(): Pending[] {
    const found = this.shelf.keys("out.").map((key) => this.shelf.read<Pending>(key));
    return found
      .filter((item): item is Pending => item !== undefined)
      .map(
        (item) =>
          ({ ...item, status: Date.now() - Date.parse(item.at) > stale ? "failed" : "waiting" }) as Pending,
      )
      .sort((a, b) => a.at.localeCompare(b.at));
  }

  add(key: string, text: string, pictures: Picture[]): Pending {
    const item: Pending = { key, text, pictures, at: new Date().toISOString(), status: "waiting" };
    this.shelf.write(`out.${key}`, item);
    return item;
  }

  remove(key: string): void {
    this.shelf.remove(`out.${key}`);
  }

  /** Tries now what waits for a better moment. */
  wake(): void {
    this.nudge?.();
  }

  /** Sends what is pending until nothing is left that could be sent. */
  async flush(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      for (let attempt = 1, item = this.next(); item; item = this.next()) {
        if (!this.online()) return; // the owner flushes again when the network is back
        const wait = await this.attempt(item, attempt);
        attempt = wait === undefined ? 1 : attempt + 1;
        if (wait !== undefined) await this.pause(wait);
      }
    } finally {
      this.busy = false;
    }
  }

  private next(): Pending | undefined {
    return this.carrier.pending().find((item) => item.status !== "failed");
  }

  /** Tries once, and says how long to wait before this item is tried again; undefined when it is settled. */
  private async attempt(item: Pending, attempt: number): Promise<number | undefined> {
    const { key } = item;
    this.carrier.tell({ do: "mark", key, status: "sending" });
    try {
      const message = await this.carrier.post(item);
      this.remove(key);
      this.carrier.tell({ do: "confirm", key, message });
      return undefined;
    } catch (err) {
      const failure = err instanceof Failure ? err : new Failure(0, "", "");
      const again = failure.passing && (attempt < attempts || !this.online());
      const problem = failure.message;
      this.carrier.tell({ do: "mark", key, status: again ? "waiting" : "failed", problem });
      return again ? (failure.retryAfter ?? backoff(attempt)) : undefined;
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
