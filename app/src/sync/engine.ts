/**
 * When to sync: at the start, when the signal or the page comes back, after a write, on the button, when the server
 * pokes, and now and then.
 *
 * Several tabs share one phone, so a lock that spans tabs lets one of them talk to the server at a time.
 */

import type { Alone, LivePokes, SyncReport } from "@contract/sync/index.ts";
import type { Kith } from "../data/kith.ts";
import { statusOf } from "../data/unsent.ts";
import { isNoRoom } from "../logic/room.ts";
import { askToBeWoken, markIcon, whenWoken } from "./background.ts";
import { noteUsed, type Used } from "./meter.ts";
import { keepReserve, noRoom } from "./room.ts";

/** Long enough to take a change back with one tap before it is sent. */
const AFTER_A_WRITE_MS = 4000;
/** How often to ask when the server has not said. */
const POLL_MS = 120_000;
const LOCK = "kith-sync";
const LIVE_LOCK = "kith-live";

export type ReportListener = (report: SyncReport) => void;

export class Engine {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private poll: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<unknown> = Promise.resolve();
  private next: Promise<SyncReport> | undefined;
  private pokes: LivePokes | undefined;

  constructor(
    private readonly kith: Kith,
    /** What else follows a finished sync, such as taking a new ranker. */
    private readonly after: ReportListener,
  ) {}

  /** Begin to follow the phone's signal and the page's visibility. Gives the function that ends it. */
  start(): () => void {
    const soon = (): void => this.soon(0);
    const shown = (): void => this.ifShown();
    const follow = (): void => void this.followPokes();
    this.pokes = this.kith.client.pokes(() => this.soon(0), onlyTab);
    addEventListener("online", soon);
    document.addEventListener("visibilitychange", shown);
    for (const name of ["online", "offline"]) addEventListener(name, follow);
    document.addEventListener("visibilitychange", follow);
    const forget = this.kith.client.subscribe(({ kinds }) => kinds === null && follow());
    const sleep = whenWoken(() => void this.woken());
    this.pollIn(POLL_MS);
    soon();
    return () => {
      removeEventListener("online", soon);
      document.removeEventListener("visibilitychange", shown);
      for (const name of ["online", "offline"]) removeEventListener(name, follow);
      document.removeEventListener("visibilitychange", follow);
      forget();
      sleep();
      this.pokes?.stop();
      this.pokes = undefined;
      clearTimeout(this.poll);
      clearTimeout(this.timer);
    };
  }

  /** Listen for pokes while somebody looks and there is a signal and a sign-in; a hidden page costs no battery. */
  private async followPokes(): Promise<void> {
    const { state } = await this.kith.client.status();
    const wanted = state === "ready" && navigator.onLine && document.visibilityState === "visible";
    if (wanted) this.pokes?.start();
    else this.pokes?.stop();
  }

  /** Sync in a moment; several calls become one. */
  soon(delayMs = AFTER_A_WRITE_MS): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.quietly(), delayMs);
  }

  /** The browser woke the page. It does so at once where there is a signal, so a server that does not answer is left its time. */
  async woken(): Promise<void> {
    // Whoever is woken without a signal would only ask to be woken again.
    if (!navigator.onLine) return;
    const { retry_at } = await this.kith.client.status();
    this.soon(Math.max(0, (retry_at ?? 0) - Date.now()));
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
    if (!navigator.onLine) return this.mark();
    const { state } = await this.kith.client.status();
    // "upgrade" is tried again too: this may be the newer app that the server asked for.
    if (state === "ready" || state === "upgrade") await this.now();
  }

  private async once(): Promise<SyncReport> {
    const beside = this.kith.meter.take();
    const report = await withLock(() => this.kith.client.sync());
    await this.note(report, beside);
    this.kith.live.changed(["status"]);
    this.after(report);
    if (this.pokes) await this.followPokes();
    await this.again();
    return report;
  }

  /** Write down what it cost; a phone that is full is told so also when nobody was writing. Neither may end a sync. */
  private async note(report: SyncReport, beside: Used): Promise<void> {
    const { database, meter } = this.kith;
    const [used, now] = [meter.take(), new Date()];
    if (isNoRoom(report.problem?.detail)) noRoom.tell(true);
    const isIdle = report.outcome === "done" && report.pushed + report.pulled === 0;
    await noteUsed(database, beside, false, now)
      .then(() => noteUsed(database, used, isIdle, now))
      .then(() => keepReserve(database))
      .catch(() => undefined);
  }

  /** Tell the browser what waits, and mark the icon with what needs the person. */
  async mark(): Promise<void> {
    // A phone that has just been locked knows of nothing.
    const status = await statusOf(this.kith).catch(() => null);
    if (status === null) return;
    void askToBeWoken(status.waiting > 0);
    void markIcon(status.attention);
  }

  /** Come back when the client says that trying again makes sense, or when the server would have phones ask again. */
  private async again(): Promise<void> {
    const { retry_at, poll_after_s } = await this.kith.client.status();
    void this.mark();
    if (retry_at !== null) this.soon(Math.max(1000, retry_at - Date.now()));
    this.pollIn(poll_after_s ? poll_after_s * 1000 : POLL_MS);
  }

  /** Ask again then, once it has begun; when the server has said how long, that is already spread by chance. */
  private pollIn(ms: number): void {
    clearTimeout(this.poll);
    if (!this.pokes) return;
    this.poll = setTimeout(() => {
      this.pollIn(POLL_MS);
      this.ifShown();
    }, ms);
  }

  /** A hidden page costs no battery; it syncs when somebody looks, or when the browser finds the time to wake it. */
  private ifShown(): void {
    if (document.visibilityState === "visible") this.soon(0);
    else void this.mark();
  }
}

/** One tab listens for the phone; a second stream would only push the first one out. */
const onlyTab: Alone = (work, signal) => {
  if (!("locks" in navigator)) return work();
  return navigator.locks.request(LIVE_LOCK, { signal }, work) as Promise<void>;
};

async function withLock<T>(work: () => Promise<T>): Promise<T> {
  // Old browsers have no locks; they have one tab of an installed app, too.
  if (!("locks" in navigator)) return work();
  return navigator.locks.request(LOCK, work) as Promise<T>;
}
