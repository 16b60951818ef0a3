/** A value that screens follow and that lives no longer than this window. */

import { useEffect, useState } from "preact/hooks";

export class Told<T> {
  private readonly listeners = new Set<(value: T) => void>();

  constructor(private held: T) {}

  get value(): T {
    return this.held;
  }

  tell(value: T): void {
    if (value === this.held) return;
    this.held = value;
    for (const listener of [...this.listeners]) listener(value);
  }

  listen(listener: (value: T) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

export function useTold<T>(told: Told<T>): T {
  const [value, setValue] = useState(() => told.value);
  useEffect(() => {
    setValue(() => told.value);
    return told.listen((next) => setValue(() => next));
  }, [told]);
  return value;
}
