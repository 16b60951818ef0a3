/** What of a record was really changed. */

/** The fields whose values differ; empty text counts as nothing. */
export function changesOf<T extends object>(before: T, after: T): Partial<T> {
  const changed: Partial<T> = {};
  for (const field of Object.keys(after) as (keyof T)[]) {
    const [was, is] = [before[field] === "" ? null : before[field], after[field] === "" ? null : after[field]];
    if (JSON.stringify(sorted(was)) !== JSON.stringify(sorted(is))) changed[field] = is as T[keyof T];
  }
  return changed;
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? [...(value as unknown[])].sort() : value;
}
