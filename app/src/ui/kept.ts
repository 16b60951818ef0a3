/** State that outlives its screen, so that coming back finds it as it was left; gone when the app is opened anew. */

import { useState } from "preact/hooks";

const kept = new Map<string, unknown>();

export function useKept<T>(key: string, initial: T): readonly [T, (value: T) => void] {
  const [, again] = useState(0);
  const set = (value: T): void => {
    kept.set(key, value);
    again((n) => n + 1);
  };
  return [kept.has(key) ? (kept.get(key) as T) : initial, set];
}
