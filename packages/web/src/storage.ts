/** Reads what this browser keeps; null where it keeps nothing, or storing is forbidden. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps a value in this browser where that is possible; the page works without. */
export function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is full or forbidden: what would be remembered is forgotten.
  }
}
