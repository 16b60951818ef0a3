/** Push for all collections, by one outbox: a device's changes have one order. */

import type { RxReplicationWriteToMasterRow } from "rxdb";
import { same } from "../../typescript/sync/edit.ts";
import { replay } from "../../typescript/sync/overlay.ts";
import type { OutboxEntry } from "../../typescript/sync/ports.ts";
import { slugOf } from "../../typescript/sync/problems.ts";
import type { Doc, Json } from "../../typescript/sync/wire.ts";
import { changes, firstValues } from "../shared/differences.ts";
import type { Door } from "../shared/door.ts";
import { isHeld } from "../shared/held.ts";
import { Outbox, type Answered, type Deed } from "../shared/outbox.ts";
import { Refusals, type Refused } from "../shared/refused.ts";
import { blank } from "./blank.ts";
import { saysSame } from "./conflict.ts";
import type { Feed } from "./feed.ts";
import type { Pulled } from "./pull.ts";
import type { AnyDoc } from "./schemas.ts";

type PushRow = RxReplicationWriteToMasterRow<AnyDoc>;

/** How many pulled documents are remembered, to answer a push by what RxDB passed over while an edit waited. */
const SEEN = 5_000;

export class Pusher {
  readonly outbox: Outbox;
  readonly refusals: Refusals;
  private readonly door: Door;
  private readonly feed: Feed;
  private readonly onAccepted: () => void;
  private readonly results = new Map<string, Answered>();
  private again: { cursor: string | null; done: Promise<void> } | null = null;
  private readonly seen = new Map<string, Pulled>();

  constructor(door: Door, feed: Feed, onAccepted: () => void) {
    [this.door, this.feed, this.onAccepted] = [door, feed, onAccepted];
    this.outbox = new Outbox(door);
    this.refusals = new Refusals(door.keep);
  }

  /** RxDB's push handler: gives the server's documents where they are not as pushed. Throws only when no answer came. */
  async push(kind: string, rows: PushRow[]): Promise<Pulled[]> {
    const latest = await this.outbox.delivered(this.settle, kind);
    const plans = [];
    for (const row of rows) plans.push({ row, ...(await this.plan(kind, row, latest)) });
    const mids = await this.outbox.add(plans.flatMap(({ deed }) => (deed ? [deed] : [])));
    await this.deliver();
    const masters: Pulled[] = [];
    for (const { row, deed, earlier, known } of plans) {
      const answered = deed ? this.resultOf(mids.shift()!) : earlier;
      const master = answered && (await this.masterOf(kind, row, answered, known));
      if (master && !saysSame(master, row.newDocumentState)) masters.push(master);
    }
    return masters;
  }

  /** Sends what a cut left over, and commands. */
  deliver(): Promise<void> {
    return this.outbox.deliver(this.settle);
  }

  /** The server was restored: what it lacks of what it answered goes again, under the same ids. Once for all who hold this cursor. */
  sendAgain(cursor: string | null): Promise<void> {
    const begun = this.again?.cursor === cursor ? this.again.done : this.repeat();
    this.again = { cursor, done: begun };
    begun.catch(() => (this.again = null));
    return begun;
  }

  private readonly settle = async (answered: Answered[]): Promise<void> => {
    await this.refusals.take(answered, this.door.clock());
    for (const one of answered) this.results.set(one.entry.mid, one);
    if (answered.some(({ result }) => result.outcome !== "rejected")) this.onAccepted();
  };

  private async repeat(): Promise<void> {
    this.feed.clear();
    this.seen.clear();
    await this.outbox.sendAgain();
    await this.deliver();
  }

  /** Remembers what a pull brought. */
  saw(kind: string, doc: Pulled): void {
    this.seen.set(`${kind}/${doc.id}`, doc);
    if (this.seen.size > SEEN) this.seen.delete(this.seen.keys().next().value!);
  }

  /** Forgets what was known of documents that go. */
  async lost(kind: string, ids: string[]): Promise<void> {
    for (const id of ids) this.seen.delete(`${kind}/${id}`);
    await this.outbox.forget(kind, ids);
  }

  /** The versions that our latest changes of records made, by the records' ids. */
  async versionsOf(kind: string): Promise<Map<string, number>> {
    return new Map([...(await this.outbox.latest(kind))].map(([id, { result }]) => [id, result.version]));
  }

  /** Edits that the server has refused and that are still in the documents, by the document's id. */
  async refusedEdits(kind: string): Promise<Map<string, Refused>> {
    const all = await this.refusals.all();
    return new Map(all.filter((one) => one.kind === kind && one.op === "patch").map((one) => [one.id, one]));
  }

  /** What to send for a row, if anything; else what was answered when it was sent before. */
  private async plan(kind: string, { assumedMasterState, newDocumentState: wanted }: PushRow, latest: Map<string, Answered>) {
    const { id } = wanted;
    const last = latest.get(id);
    const taken = last && last.result.outcome !== "rejected" ? last : undefined;
    const assumed = assumedMasterState as Pulled | undefined;
    if (wanted._deleted) return { deed: assumed || taken ? this.deedOf(kind, wanted, "delete", assumed) : null, known: assumed };
    if ((!assumed || assumed._deleted) && !taken) return { deed: this.deedOf(kind, wanted, "create", undefined), known: undefined };
    const refused = (await this.refusedEdits(kind)).get(id);
    const isOlder = taken && taken.entry.base >= (assumed?.kith_version ?? 0); // RxDB has not written down that it was taken
    const known = refused ? await this.knownOf(kind, id, assumed!) : isOlder ? (taken.entry.note as Pulled) : assumed!;
    const deed = this.deedOf(kind, wanted, "patch", assumed ?? { ...known, kith_version: taken?.result.version ?? 0 }, changes(kind, known as Doc, wanted as Doc));
    if (!Object.keys(deed.set).length) {
      if (refused) await this.refusals.dismiss(refused.mid);
      return { deed: null, earlier: isOlder ? taken : undefined, known };
    }
    return refused && same(refused.set, deed.set) ? { deed: null, known } : { deed, known };
  }

  private deedOf(kind: string, wanted: Pulled, op: Deed["op"], assumed: Pulled | undefined, set?: Deed["set"]): Deed {
    const { id } = wanted;
    const seen = this.seen.get(`${kind}/${id}`)?.kith_version ?? Infinity; // lower after a restore
    const base = op === "create" ? 0 : Math.min(assumed?.kith_version ?? 0, seen);
    return { kind, id, op, base, set: set ?? (op === "create" ? firstValues(kind, wanted as Doc) : {}), note: plain(wanted) as Json };
  }

  /** The server's document, as this device should now assume it; undefined when it is as pushed. */
  private async masterOf(kind: string, { assumedMasterState }: PushRow, { entry, result }: Answered, known: Pulled | undefined) {
    const assumed = assumedMasterState as Pulled | undefined;
    const gone = blank(kind, entry.id, Math.max(result.version, assumed?.kith_version ?? 0));
    if (result.outcome !== "rejected") {
      await this.forget(kind, entry.id);
      if (result.row?.op === "put") return { ...result.row.d, id: entry.id, kith_version: result.version } as Pulled;
      return result.row ? gone : undefined;
    }
    if (entry.op === "create") return gone;
    const slug = result.problem ? slugOf(result.problem) : "";
    const before = this.newest(kind, entry.id, known ?? assumed);
    if (!before || slug === "scope-lost" || slug === "erased" || (slug === "not-yours" && !(await this.holds(kind, before)))) return gone;
    if (entry.op === "delete") return { ...before, _deleted: false };
    await this.remember(kind, before);
    return replay(before as Doc, entry as unknown as OutboxEntry) as Pulled; // what the person wrote stays in sight
  }

  private newest(kind: string, id: string, known: Pulled | undefined): Pulled | undefined {
    const seen = this.seen.get(`${kind}/${id}`);
    return seen && seen.kith_version > (known?.kith_version ?? -1) ? seen : known;
  }

  private async holds(kind: string, doc: Pulled): Promise<boolean> {
    await this.feed.refresh();
    return isHeld(kind, doc.id, doc as Doc, await this.feed.held());
  }

  private resultOf(mid: string): Answered | undefined {
    const found = this.results.get(mid);
    this.results.delete(mid);
    return found;
  }

  /** The server's document under a refused edit, as RxDB takes the edited one for the server's. */
  private async knownOf(kind: string, id: string, assumed: Pulled): Promise<Pulled> {
    const kept = (await this.door.keep.get<{ [key: string]: Pulled }>("known")) ?? {};
    return this.newest(kind, id, kept[`${kind}/${id}`] ?? assumed)!;
  }

  private async remember(kind: string, doc: Pulled): Promise<void> {
    const kept = (await this.door.keep.get<{ [key: string]: Pulled }>("known")) ?? {};
    await this.door.keep.set("known", { ...kept, [`${kind}/${doc.id}`]: plain(doc) });
  }

  private async forget(kind: string, id: string): Promise<void> {
    const kept = await this.door.keep.get<{ [key: string]: Pulled }>("known");
    const name = `${kind}/${id}`;
    if (!kept || !(name in kept)) return;
    await this.door.keep.set("known", Object.fromEntries(Object.entries(kept).filter(([key]) => key !== name)));
  }
}

/** Without RxDB's own fields. */
function plain(doc: Pulled): Pulled {
  return Object.fromEntries(Object.entries(doc).filter(([name]) => !name.startsWith("_"))) as Pulled;
}
