/** The part of Storage that a shelf needs. */
export type Backing = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

class Memory implements Backing {
  private readonly items = new Map<string, string>();
  get length(): number {
    return this.items.size;
  }
  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}

/** The browser's storage, or memory where the browser refuses it: the widget works, it only forgets. */
export function browserBacking(): Backing {
  try {
    const probe = "keliu.probe";
    localStorage.setItem(probe, "1");
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return new Memory();
  }
}

/** A Shelf keeps JSON values under a prefix of its own. */
export class Shelf {
  constructor(
    private readonly backing: Backing = new Memory(),
    private readonly prefix = "keliu.",
  ) {}

  read<T>(key: string): T | undefined {
    const text = this.backing.getItem(this.prefix + key);
    if (text === null) return undefined;
    try {
      return JSON.parse(text) as T;
    } catch {
      return undefined; // somebody else wrote here
    }
  }

  write(key: string, value: unknown): void {
    try {
      this.backing.setItem(this.prefix + key, JSON.stringify(value));
    } catch {
      // The quota is used up. What is on the screen stays right; only a reload would forget it.
    }
  }

  remove(key: string): void {
    this.backing.removeItem(this.prefix + key);
  }

  /** The keys that start with the given letters, without the shelf's prefix. */
  keys(start: string): string[] {
    const found: string[] = [];
    for (let i = 0; i < this.backing.length; i++) {
      const key = this.backing.key(i);
      if (key?.startsWith(this.prefix + start)) found.push(key.slice(this.prefix.length));
    }
    return found.sort();
  }

  /** The key a storage event of another tab is about, or undefined when it is not of this shelf. */
  owns(key: string | null): string | undefined {
    return key?.startsWith(this.prefix) ? key.slice(this.prefix.length) : undefined;
  }
}
