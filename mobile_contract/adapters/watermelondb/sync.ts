/** Kith's sync for an app whose records are in WatermelonDB. */

import type { Database } from "@nozbe/watermelondb";
import { synchronize } from "@nozbe/watermelondb/sync/index.js";
import { getLastPulledAt } from "@nozbe/watermelondb/sync/impl/index.js";
import { ProblemError } from "../../typescript/sync/problems.ts";
import { delayMs } from "../../typescript/sync/retry.ts";
import type { Account, Doc } from "../../typescript/sync/wire.ts";
import { Door, type DoorOptions } from "../shared/door.ts";
import { Outbox } from "../shared/outbox.ts";
import { Refusals, type Refused } from "../shared/refused.ts";
import { Report } from "../shared/report.ts";
import { drop, isMore, pullChanges, startOver, type PullWorld } from "./pull.ts";
import { push } from "./push.ts";
import { resolve } from "./rows.ts";
import { localKeep } from "./tables.ts";

export interface KithOptions extends DoorOptions {
  database: Database;
  /** The version of the app's schema at which it first used migrations; WatermelonDB asks for it. */
  migrationsEnabledAtVersion?: number;
}

/** How often an edit that came in between makes a sync push once more. */
const ROUNDS = 3;
const nothing = (): void => {};

export class WatermelonSync {
  readonly door: Door;
  private readonly database: Database;
  private readonly migrationsFrom: number | undefined;
  private readonly outbox: Outbox;
  private readonly refusals: Refusals;
  private running: Promise<Report> | null = null;
  private next: Promise<void> | null = null;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private endPokes = nothing;

  constructor(options: KithOptions) {
    this.database = options.database;
    this.migrationsFrom = options.migrationsEnabledAtVersion;
    this.door = new Door(localKeep(options.database), options);
    this.outbox = new Outbox(this.door);
    this.refusals = new Refusals(this.door.keep);
  }

  /** Signs in and enrols this device. Throws ProblemError, OfflineError. */
  signIn(username: string, password: string): Promise<Account> {
    return this.door.signIn(username, password);
  }

  /** A token for requests that others send, such as tus-js-client; renewed when it is about to end. Throws ProblemError, OfflineError. */
  accessToken(refused?: string): Promise<string> {
    return this.door.accessToken(refused);
  }

  /** Asks for something that the server decides, such as a claim; sent with the next sync. Gives the change's id. */
  async command(kind: string, id: string, name: string, args: Doc = {}, validUntil: string | null = null): Promise<string> {
    const command = { name, args, valid_until: validUntil };
    return (await this.outbox.add([{ kind, id, op: "command", base: 0, set: {}, command }]))[0]!;
  }

  /** What the server did not take, with why. The rows stay as the person wrote them; an edit sends them again. */
  refused(): Promise<Refused[]> {
    return this.refusals.all();
  }

  /** Forgets a refusal; the row is then sent once more as it is. */
  dismiss(mid: string): Promise<void> {
    return this.refusals.dismiss(mid);
  }

  /** Sends what waits and takes what changed. Never throws for the network or the server. A call during a sync joins it. */
  sync(): Promise<Report> {
    this.running ??= this.run().finally(() => (this.running = null));
    return this.running;
  }

  /** Syncs now, at every poke of the server and, without any, when it is worth looking. */
  start(): void {
    this.stop();
    this.endPokes = this.door.listen(() => this.poked());
    const again = async (): Promise<void> => {
      const report = await this.sync();
      const isForPeople = ["sign-in", "upgrade", "wiped"].includes(report.outcome);
      if (isForPeople || this.endPokes === nothing) return this.stop();
      this.failures = report.outcome === "done" ? 0 : this.failures + 1;
      const ms = this.failures ? delayMs(this.failures, this.door.chance) : await this.door.pollAfterMs();
      this.timer = setTimeout(() => void again(), ms);
    };
    void again();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.endPokes();
    this.endPokes = nothing;
  }

  /** A sync that runs already may have asked before there was what this poke tells of. */
  private poked(): void {
    const running = this.running ?? Promise.resolve();
    this.next ??= running.then(() => {
      this.next = null;
      void this.sync();
    });
  }

  private async run(): Promise<Report> {
    const report = new Report();
    try {
      await this.round(report);
    } catch (error) {
      report.fail(error);
      if (report.outcome === "wiped") await this.database.write(() => this.database.unsafeResetDatabase());
    }
    return report;
  }

  /** Push, then pull page by page, each in with what it says must go; once more when an edit came in between. */
  private async round(report: Report): Promise<void> {
    await this.takeManifest(report);
    for (let left = true, rounds = 0; left && rounds < ROUNDS; rounds++) {
      const world = this.world(report);
      await world.send();
      left = await drop(world, await this.pulledAt());
      for (let more = true; more; more = await isMore(world, await this.pulledAt())) {
        await this.pull(world, report);
        left = await drop(world, await this.pulledAt());
      }
      left = left || (await this.outbox.waiting()) > 0;
    }
  }

  private async pull(world: PullWorld, report: Report): Promise<void> {
    const versions = this.migrationsFrom === undefined ? {} : { migrationsEnabledAtVersion: this.migrationsFrom };
    await synchronize({
      database: this.database,
      pullChanges: (args) => pullChanges(world, args, report),
      sendCreatedAsUpdated: true,
      conflictResolver: (table, local, remote, resolved) => resolve(table, local as never, remote as never, resolved as never),
      ...versions,
    });
  }

  private async takeManifest(report: Report): Promise<void> {
    const { scopes, wipe } = await this.door.manifest();
    await this.door.keep.set("held", scopes);
    if (wipe === "hard") throw new ProblemError({ type: "/problems/device-revoked", title: "This device may no longer hold Kith's records.", status: 401, remedy: "wipe" });
    if (wipe === "soft") await startOver(this.world(report), await this.pulledAt());
  }

  private async pulledAt(): Promise<number> {
    return (await getLastPulledAt(this.database)) ?? 0;
  }

  private world(report: Report): PullWorld {
    const { database, door, outbox, refusals } = this;
    return { database, door, outbox, refusals, send: () => push({ database, outbox, refusals, clock: door.clock }, report) };
  }
}
