// What this browser remembers of a person's choices. A browser that forbids it forgets, and nothing else happens.
const prefix = "keliu.console.";

export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(prefix + key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string | null) {
  try {
    if (value === null) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, value);
  } catch {
    // full or forbidden: the choice lasts as long as the page
  }
}
