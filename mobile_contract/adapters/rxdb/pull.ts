/** Pull for one collection: exactly as many documents as asked for, unless the feed ends. */

import type { RxCollection } from "rxdb";
import { replay } from "../../typescript/sync/overlay.ts";
import type { OutboxEntry } from "../../typescript/sync/ports.ts";
import { ProblemError, slugOf } from "../../typescript/sync/problems.ts";
import type { Doc, Page, Row } from "../../typescript/sync/wire.ts";
import type { Door } from "../shared/door.ts";
import { goesWith, isHeld } from "../shared/held.ts";
import { blank } from "./blank.ts";
import type { Feed } from "./feed.ts";
import type { Pusher } from "./push.ts";
import type { AnyDoc } from "./schemas.ts";

export type Pulled = AnyDoc & { _deleted?: boolean };

/** Where this collection stands. RxDB keeps it after the documents that came with it. */
export interface Place {
  /** The cursor of the page that is being given out. */
  cursor: string | null;
  /** How many of its documents have been, in this process: a page that is asked for again may be another. */
  done: number;
  /** Everything is being taken from the beginning; what that does not bring must go. */
  taking: boolean;
}

export interface PullWorld {
  door: Door;
  feed: Feed;
  pusher: Pusher;
  collection: RxCollection<AnyDoc>;
}

export class Puller {
  private readonly world: PullWorld;
  private readonly kind: string;
  /** What the page at hand means for this collection, worked out once. */
  private atHand: { page: Page; docs: Pulled[] } | null = null;
  private brought: Set<string> | null = null;
  /** Documents that went since the last clean-up; one at first, as the process may have ended before it. */
  went = 1;

  constructor(world: PullWorld) {
    this.world = world;
    this.kind = world.collection.name;
  }

  /** RxDB's pull handler. Throws OfflineError, ProblemError; RxDB then asks again. */
  async pull(checkpoint: Place | undefined, size: number): Promise<{ documents: Pulled[]; checkpoint: Place }> {
    const begin = await this.resume(checkpoint);
    let { place, documents } = await this.walk(begin, size);
    if (!documents.length) await this.world.door.keep.set(this.skipName, { from: checkpoint ?? null, to: place });
    return { documents, checkpoint: place };
  }

  private async walk(place: Place, size: number): Promise<{ place: Place; documents: Pulled[] }> {
    const documents: Pulled[] = [];
    for (;;) {
      const { page, from } = await this.page(place);
      place = from;
      const docs = await this.docsOf(page, place);
      const some = docs.slice(place.done, place.done + size - documents.length);
      documents.push(...some);
      if (place.done + some.length < docs.length) return { place: { ...place, done: place.done + some.length }, documents };
      if (!page.more) this.brought = null; // not before all of the last page is out, or everything would begin again
      place = { cursor: page.cursor, done: 0, taking: place.taking && page.more };
      if (!page.more || documents.length === size) return { place, documents };
    }
  }

  /** RxDB does not keep the checkpoint of a pull that brought nothing, so that is remembered beside it. */
  private async resume(checkpoint: Place | undefined): Promise<Place> {
    const skip = await this.world.door.keep.get<{ from: Place | null; to: Place }>(this.skipName);
    const known = skip && JSON.stringify(skip.from) === JSON.stringify(checkpoint ?? null) ? skip.to : checkpoint;
    if (!known || (known.taking && !this.brought)) return this.fromTheBeginning();
    const isAtHand = known.done > 0 && this.atHand?.page === (await this.world.feed.page(known.cursor).catch(() => null));
    return isAtHand ? known : { ...known, done: 0 };
  }

  private async fromTheBeginning(): Promise<Place> {
    this.brought = new Set();
    const taking = (await this.local()).some(({ kith_version }) => kith_version > 0);
    return { cursor: null, done: 0, taking };
  }

  /** A cursor that no longer counts is given up; what waits to be sent is not. */
  private async page(place: Place): Promise<{ page: Page; from: Place }> {
    try {
      const page = await this.world.feed.page(place.cursor);
      if (place.cursor !== null || !(await this.world.pusher.outbox.hasLost(page.acked_lseq))) return { page, from: place };
      await this.world.pusher.sendAgain(`${page.acked_lseq}`); // who has no cursor hears of no new epoch
      return { page: await this.world.feed.page(null), from: place };
    } catch (error) {
      if (!(error instanceof ProblemError) || !["snapshot", "pull"].includes(error.problem.remedy)) throw error;
      if (slugOf(error.problem) === "epoch-changed") await this.world.pusher.sendAgain(place.cursor);
      const from = await this.fromTheBeginning();
      return { page: await this.world.feed.page(null), from };
    }
  }

  private async docsOf(page: Page, place: Place): Promise<Pulled[]> {
    if (this.atHand?.page === page) return this.atHand.docs;
    const rows = page.rows.filter(({ k }) => k === this.kind);
    const docs = [...(await this.bring(rows)), ...(await this.leave(page, rows))];
    const put = rows.filter(({ op }) => op === "put").map(({ i }) => i); // also those that are passed over
    for (const id of [...put, ...docs.map((doc) => doc.id)]) this.brought?.add(id);
    if (place.taking && !page.more) docs.push(...(await this.leftOut()));
    const gone = docs.filter(({ _deleted }) => _deleted).map(({ id }) => id);
    if (gone.length) await this.world.pusher.lost(this.kind, gone);
    this.went += gone.length;
    this.atHand = { page, docs };
    return docs;
  }

  private async bring(rows: Row[]): Promise<Pulled[]> {
    const refused = await this.world.pusher.refusedEdits(this.kind);
    const ours = rows.length ? await this.world.pusher.versionsOf(this.kind) : new Map<string, number>();
    const docs: Pulled[] = [];
    for (const { i: id, v, op, d } of rows) {
      if (op !== "put" || (ours.get(id) ?? 0) > v) continue; // a page remembered from before our own change
      const doc = { ...d, id, kith_version: v } as Pulled;
      this.world.pusher.saw(this.kind, doc);
      const edit = refused.get(id);
      docs.push(edit ? (replay(doc as Doc, edit as unknown as OutboxEntry) as Pulled) : doc);
    }
    return docs;
  }

  /** What this page says must go: deleted, out of the last held scope, or of a scope that was lost. */
  private async leave(page: Page, rows: Row[]): Promise<Pulled[]> {
    const leaving = new Map(rows.filter(({ op }) => op !== "put").map((row) => [row.i, row]));
    if (!leaving.size && !page.evict.length) return [];
    const held = await this.world.feed.held();
    const stays = (doc: AnyDoc) => isHeld(this.kind, doc.id, doc as Doc, held);
    const goes = (doc: AnyDoc, row = leaving.get(doc.id)) =>
      row ? row.op === "del" || doc.kith_version < row.v || !stays(doc) : goesWith(this.kind, doc.id, doc as Doc, page.evict, held);
    return (await this.local()).filter((doc) => goes(doc)).map((doc) => blank(this.kind, doc.id, doc.kith_version));
  }

  private async leftOut(): Promise<Pulled[]> {
    const brought = this.brought ?? new Set();
    const gone = (await this.local()).filter(({ id, kith_version }) => kith_version > 0 && !brought.has(id));
    return gone.map((doc) => blank(this.kind, doc.id, doc.kith_version));
  }

  private async local(): Promise<AnyDoc[]> {
    return (await this.world.collection.find().exec()).map((doc) => doc.toMutableJSON() as AnyDoc);
  }

  private get skipName(): string {
    return `skip-${this.kind}`;
  }
}
