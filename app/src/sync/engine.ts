/**
 * When to sync: at the start, when the signal or the page comes back, after a write, on the button, and now and then.
 *
 * Several tabs share one phone, so a lock that spans tabs lets one of them talk to the server at a time.
 */

import type { SyncReport } from "@contract/sync/index.ts";
import type { Kith } from "../data/kith.ts";

/** Long enough to take a change back with one tap before it is sent. */
const AFTER_A_WRITE_MS = 4000;
const POLL_MS = 120_000;
const LOCK = "kith-sync";

export type ReportListener = (report: SyncReport) => void;

export class Engine {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<unknown> = Promise.resolve();
  private next: Promise<SyncReport> | undefined;

  constructor(
    private readonly kith: Kith,
    /** What else follows a finished sync, such as taking a new ranker. */
    private readonly after: ReportListener,
  ) {}

  /** Begin to follow the phone's signal and the page's visibility. Gives the function that ends it. */
  start(): () => void {
    const soon = (): void => this.soon(0);
    const shown = (): void => {
      if (document.visibilityState === "visible") this.soon(0);
    };
    addEventListener("online", soon);
    document.addEventListener("visibilitychange", shown);
    const poll = setInterval(shown, POLL_MS);
    soon();
    return () => {
      removeEventListener("online", soon);
      document.removeEventListener("visibilitychange", shown);
      clearInterval(poll);
      clearTimeout(this.timer);
    };
  }

  /** Sync in a moment; several calls become one. */
  soon(delayMs = AFTER_A_WRITE_MS): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.quietly(), delayMs);
  }

  /** Sync now, whatever the phone believes about its signal. A round that is under way may have begun before the last
   * write, so this one begins after it; all who ask meanwhile share it. */
  now(): Promise<SyncReport> {
    clearTimeout(this.timer);
    this.next ??= this.afterThis();
    return this.next;
  }

  private async afterThis(): Promise<SyncReport> {
    await this.running;
    this.next = undefined;
    const round = this.once();
    this.running = round.catch(() => undefined);
    return round;
  }

  private async quietly(): Promise<void> {
    if (!navigator.onLine) return;
    const { state } = await this.kith.client.status();
    // "upgrade" is tried again too: this may be the newer app that the server asked for.
    if (state === "ready" || state === "upgrade") await this.now();
  }

  private async once(): Promise<SyncReport> {
    const report = await withLock(() => this.kith.client.sync());
    this.kith.live.changed(["status"]);
    this.after(report);
    await this.again();
    return report;
  }

  /** Come back when the client says that trying again makes sense. */
  private async again(): Promise<void> {
    const { retry_at } = await this.kith.client.status();
    if (retry_at !== null) this.soon(Math.max(1000, retry_at - Date.now()));
  }
}

async function withLock<T>(work: () => Promise<T>): Promise<T> {
  // Old browsers have no locks; they have one tab of an installed app, too.
  if (!("locks" in navigator)) return work();
  return navigator.locks.request(LOCK, work) as Promise<T>;
}
