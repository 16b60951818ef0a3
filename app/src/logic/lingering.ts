/** How long the line stays that says what was just done and offers to take it back. */

/** Milliseconds for which it can be read and reached. */
export const SAID_FOR_MS = 10_000;
/** A change of page this soon, untouched, belongs to the deed itself: it saves, says so, and goes on. */
const DEED_MS = 1_000;

/** The life of one such line. Times are of one clock, in milliseconds. */
export class Lingering {
  private touched = false;
  private held = false;
  private from: number;

  constructor(private readonly since: number) {
    this.from = since;
  }

  /** A finger or a key: a page that opens after this is the person's own wish. */
  touch(): void {
    this.touched = true;
  }

  /** Somebody walks through the page by keyboard, and needs time to come to it. */
  walk(now: number): void {
    this.from = now;
  }

  /** It is looked at, or has the focus: it stays until it is let go. */
  hold(held: boolean, now: number): void {
    this.held = held;
    this.from = now;
  }

  /** Milliseconds that are left to it, at least; null while it is held. */
  left(now: number): number | null {
    return this.held ? null : Math.max(0, this.from + SAID_FOR_MS - now);
  }

  /** Whether a change of page takes it away. */
  leaves(now: number): boolean {
    return this.touched || now - this.since > DEED_MS;
  }
}
