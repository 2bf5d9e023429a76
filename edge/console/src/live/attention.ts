// What is worth calling one of the staff for, told from what comes over the live line.
import type { Frames } from "./frames";

type Row = Frames["conversation"]["conversation"];

/** Why somebody is called: a customer who is theirs now, or said something; one who waits for anybody; one whom a colleague took. */
export type Call = { why: "yours" | "said" | "taken"; row: Row } | { why: "queue"; waiting: number };

/** Attention knows what one of the staff has been called for. */
export class Attention {
  private readonly accepted = new Set<string>(); // somebody took them just now
  private readonly said = new Map<string, number>(); // up to where it was called
  private waiting: number | undefined;

  /** `mine` are the conversations that they have to begin with. */
  constructor(
    private readonly me: string,
    private readonly mine: Set<string> = new Set(),
  ) {}

  /** Hears what a customer is told beside messages. */
  notice({ conversation, notice }: Frames["notice"]) {
    if (notice.queue?.state === "accepted") this.accepted.add(conversation);
  }

  /** Hears how a conversation is now. */
  row(row: Row): Call | undefined {
    const taken = this.accepted.delete(row.id);
    const was = this.mine.has(row.id);
    const is = row.stage === "human" && row.agent === this.me;
    if (is) this.mine.add(row.id);
    else this.mine.delete(row.id);
    if (taken && is && !was) return { why: "yours", row };
    if (taken && was && !is) return { why: "taken", row };
    const before = this.said.get(row.id) ?? 0;
    if (!is || row.last_by !== "customer" || row.unread === 0 || row.seq <= before) return undefined;
    this.said.set(row.id, row.seq);
    return { why: "said", row };
  }

  /** Hears how many wait. */
  queue({ waiting }: Frames["queue"]): Call | undefined {
    const more = this.waiting !== undefined && waiting > this.waiting;
    this.waiting = waiting;
    return more ? { why: "queue", waiting } : undefined;
  }
}
