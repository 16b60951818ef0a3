/** When to lock: after a while without a touch, and sooner while nobody can see the app. */

/** The setting of the phone that says after how many minutes. */
export const LOCK_AFTER = "lock-after-minutes";
export const DEFAULT_MINUTES = 5;
export const MINUTES = [1, 2, 5] as const;
const MINUTE_MS = 60_000;
/** A look at a map or a message in between needs no PIN. */
const HIDDEN_MINUTES = 2;
const CHECK_MS = 5_000;
const TOUCHES = ["pointerdown", "keydown", "wheel", "touchmove"] as const;

/** What is known of the person at the phone; by the wall clock, as other clocks stand still while a phone sleeps. */
export class Presence {
  private touchedAt: number;
  private hiddenAt: number | null = null;

  constructor(
    /** Without a touch, until somebody is away. */
    public minutes: number,
    now: number,
  ) {
    this.touchedAt = now;
  }

  touch(now: number): void {
    this.touchedAt = now;
  }

  hide(now: number): void {
    this.hiddenAt ??= now;
  }

  show(): void {
    this.hiddenAt = null;
  }

  isAway(now: number): boolean {
    const hiddenLimit = Math.min(this.minutes, HIDDEN_MINUTES) * MINUTE_MS;
    // A clock that was put back says nothing about who is there, so it locks too.
    const over = (since: number, limit: number): boolean => now - since >= limit || now < since - MINUTE_MS;
    return over(this.touchedAt, this.minutes * MINUTE_MS) || (this.hiddenAt !== null && over(this.hiddenAt, hiddenLimit));
  }
}

/** Call `lock` when nobody has been there for so long, again and again until it ends the watch. Gives the function that does. */
export function watchPresence(presence: Presence, lock: () => void): () => void {
  const stop = new AbortController();
  const check = (): void => {
    if (presence.isAway(Date.now())) lock();
  };
  const touched = (): void => {
    check();
    presence.touch(Date.now());
  };
  const seen = (): void => {
    if (document.visibilityState === "hidden") return presence.hide(Date.now());
    check();
    presence.show();
  };
  const timer = setInterval(check, CHECK_MS);
  const end = (): void => {
    clearInterval(timer);
    stop.abort();
  };
  for (const name of TOUCHES) addEventListener(name, touched, { signal: stop.signal, capture: true, passive: true });
  document.addEventListener("visibilitychange", seen, { signal: stop.signal });
  addEventListener("pageshow", check, { signal: stop.signal });
  return end;
}
