// A draft while it is written on: kept in this browser with every letter, and on the server at every pause.

/** What is written: the files that differ from the rules in force, and the revision they were written from. */
export interface Work {
  base: string;
  files: Record<string, string>;
}

/** Work as the server has it. */
export interface Kept {
  work: Work;
  at: string; // when it was kept, by the server's clock; empty while there is none
}

/** Work as this browser keeps it until the server has it. */
export interface Unsaved extends Work {
  over: string; // when what the server had then was kept
}

/** Where work is kept until the server has it. */
export interface Shelf {
  read(): Unsaved | null;
  write(work: Unsaved | null): void;
}

export type Saving = "saved" | "unsaved" | "saving" | "failed";

const pause = 1_500; // ms without a letter, after which the server gets the draft
const again = 10_000; // ms after a failure

/** A draft on the desk. Whoever shows it subscribes. */
export class Drafting {
  work: Work;
  state: Saving = "saved";
  private over: string;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending: Promise<void> | undefined;
  private readonly watchers = new Set<() => void>();

  /**
   * Begins with what this browser kept, or with what the server has where that was kept since, by another browser. `send` gives the
   * server work and tells when it was kept.
   */
  constructor(
    kept: Kept,
    private readonly shelf: Shelf,
    private readonly send: (work: Work) => Promise<string>,
  ) {
    const unsaved = shelf.read();
    const newer = unsaved?.over === kept.at;
    this.over = kept.at;
    this.work = newer ? { base: unsaved.base, files: unsaved.files } : kept.work;
    if (newer) this.wait(pause);
    else if (unsaved) shelf.write(null);
  }

  /** Takes what was written. */
  change(work: Work) {
    this.work = work;
    this.shelf.write({ ...work, over: this.over });
    this.wait(pause);
  }

  /** Gives the server what it does not have, at once. Failures are shown by the state and tried again. */
  save(): Promise<void> {
    if (this.state === "saved") return Promise.resolve();
    this.sending ??= this.give().finally(() => {
      this.sending = undefined;
    });
    return this.sending;
  }

  /** Sends nothing more, and waits for what is on its way: whatever is done then is the last that the server hears. */
  async settle(): Promise<void> {
    this.rest();
    await this.sending;
    this.rest();
  }

  /** Begins anew, after the draft was published or dropped on the server. */
  reset(work: Work) {
    this.rest();
    this.work = work;
    this.over = "";
    this.shelf.write(null);
    this.show("saved");
  }

  /** Stops waiting; what is unsaved stays in this browser. */
  rest() {
    clearTimeout(this.timer);
  }

  subscribe = (watcher: () => void) => {
    this.watchers.add(watcher);
    return () => {
      this.watchers.delete(watcher);
    };
  };

  private async give() {
    this.rest();
    const sent = this.work;
    this.show("saving");
    try {
      this.over = await this.send(sent);
    } catch {
      if (this.work === sent) {
        this.show("failed");
        this.timer = setTimeout(() => void this.save(), again);
        return;
      }
    }
    if (this.work !== sent) {
      if (this.state === "unsaved") this.change(this.work); // written over what the server has now
      return;
    }
    this.shelf.write(null);
    this.show("saved");
  }

  private wait(ms: number) {
    this.rest();
    this.timer = setTimeout(() => void this.save(), ms);
    this.show("unsaved");
  }

  private show(state: Saving) {
    this.state = state;
    for (const watcher of this.watchers) watcher();
  }
}
