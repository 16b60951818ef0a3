/** Ends a request that fell silent: it is silence that counts, not how long the whole takes. */

/** Milliseconds without a byte after which a connection counts as dead. */
export const SILENCE_MS = 30_000;
/** Bytes a second of the slowest line that is waited for, where bytes cannot be watched on their way. */
const SLOWEST = 4_000;

export interface Watchdog {
  /** What the request is given, so that it ends. */
  readonly signal: AbortSignal;
  /** Something came: wait as long again. */
  pat(): void;
  /** All came. */
  end(): void;
}

/** Begins to watch; `unseen` bytes that nobody sees on their way, such as what is sent, have their own time first. */
export function watchdog(silenceMs = SILENCE_MS, unseen = 0): Watchdog {
  const closer = new AbortController();
  const bite = (): void => closer.abort();
  let timer = setTimeout(bite, silenceMs + (unseen / SLOWEST) * 1_000);
  const end = (): void => clearTimeout(timer);
  return { signal: closer.signal, end, pat: () => (end(), (timer = setTimeout(bite, silenceMs))) };
}
