// What was told over the live line a moment ago. An answer of the API that was on its way meanwhile may not know it yet: whoever asked
// adds it, so that nothing that was seen goes away again.
import type { Row } from "./model";
import { heard, type Told } from "./thread";

const keptFor = 60_000; // ms; no call takes longer

interface Fresh {
  at: number;
  row?: Row;
  thread?: { id: string; told: Partial<Told> };
}

/** News in the order in which they came. */
export class News {
  private all: Fresh[] = [];

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** The time, to ask later what was told since. */
  mark(): number {
    return this.now();
  }

  row(row: Row) {
    this.add({ at: this.now(), row });
  }

  said(id: string, told: Partial<Told>) {
    this.add({ at: this.now(), thread: { id, told } });
  }

  /** The rows that were told since a time, each as it was told last. */
  rowsSince(at: number): Row[] {
    const latest = new Map<string, Row>();
    for (const { row } of this.since(at)) if (row) latest.set(row.id, row);
    return [...latest.values()];
  }

  /** The latest page of a thread with what was told of it since a time. */
  onto(page: Told, id: string, at: number): Told {
    return this.since(at).reduce(
      (known, { thread }) => (thread?.id === id ? (heard([known], thread.told)[0] ?? known) : known),
      page,
    );
  }

  private since(at: number): Fresh[] {
    return this.all.filter((fresh) => fresh.at >= at);
  }

  private add(fresh: Fresh) {
    const oldest = fresh.at - keptFor;
    if (this.all[0] && this.all[0].at < oldest) this.all = this.all.filter(({ at }) => at >= oldest);
    this.all.push(fresh);
  }
}
