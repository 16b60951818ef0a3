/** Parts of the adapters that need no server. */

import assert from "node:assert/strict";
import { Database, type Model } from "@nozbe/watermelondb";
import LokiJSAdapter from "@nozbe/watermelondb/adapters/lokijs";
import logger from "@nozbe/watermelondb/utils/common/logger";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { KINDS, type Kind } from "../../generated/contract.ts";
import type { Doc } from "../../typescript/sync/wire.ts";
import { blank } from "../rxdb/blank.ts";
import { kithConflictHandler } from "../rxdb/conflict.ts";
import { kithSchema as rxdbSchema, newDoc } from "../rxdb/schemas.ts";
import { MemoryKeep, type Keep } from "../shared/keep.ts";
import { Outbox } from "../shared/outbox.ts";
import { isForgotten, sentAgain, type Entry, type Journal } from "../shared/journal.ts";
import { docOf, rawOf } from "../watermelondb/columns.ts";
import { kithMigrations, kithModels, kithSchema, kithTables } from "../watermelondb/index.ts";
import { deedOf, isRefused, resolve, taken, type Kept } from "../watermelondb/rows.ts";
import { deletedRows, rawOfModel } from "../watermelondb/tables.ts";

logger.silence();
const kinds = Object.keys(KINDS) as Kind[];
const ROW = { _status: "synced", _changed: "", kith_version: 5, kith_known: JSON.stringify({ languages: ["en"] }), kith_taken: 1 };

function row(more: object): Kept {
  return { id: "p1", ...rawOf("person", { team_id: "t1", given_name: "Ada", languages: ["en"] }), ...ROW, ...more } as Kept;
}

interface Sent {
  mutations: { mid: string; lseq: number }[];
  ask: string[];
}

type Made = [mid: string, state: "answered" | "deferred" | "waiting", lseq: number | null];
interface Restores {
  cases: { name: string; made: Made[]; restores: { acked: number; waiting: string[]; deferred: string[]; journal: string[] }[] }[];
}

describe("the journal of both", () => {
  const contract = process.env["KITH_CONTRACT"] ?? "mobile_contract";
  const { cases } = JSON.parse(readFileSync(`${contract}/vectors/journal/restores.json`, "utf8")) as Restores;
  const mids = (entries: Entry[]): string[] => entries.map(({ mid }) => mid);
  const answer = (entry: Entry, lseq: number) => ({ entry: { ...entry, lseq }, result: { mid: entry.mid, outcome: "applied" } as never, at: 0 });

  function journalOf(made: Made[]): Journal {
    const journal: Journal = { lseq: 0, hlc: null, queue: [], flight: [], waiting: [], sent: [] };
    for (const [place, [mid, state, lseq]] of made.entries()) {
      const entry = { mid, lseq: lseq ?? 0, kind: "person", id: mid, op: "patch", base: 0, set: {}, hlc: "", order: place, command: null, note: null } as Entry;
      if (state === "answered") journal.sent.push(answer(entry, lseq!));
      else (state === "deferred" ? journal.waiting : journal.queue).push(entry);
    }
    return journal;
  }

  for (const { name, made, restores } of cases) {
    test(`only what the server lacks is sent again: ${name}`, () => {
      let journal = journalOf(made);
      for (const { acked, waiting, deferred, journal: kept } of restores) {
        journal = sentAgain(journal, acked);
        assert.deepEqual([mids(journal.queue), mids(journal.waiting), mids(journal.sent.map(({ entry }) => entry)).sort()], [waiting, deferred, kept]);
        assert.equal(isForgotten(journal, acked), false);
        journal = { ...journal, queue: [], sent: [...journal.sent, ...journal.queue.map((entry, place) => answer(entry, acked + 1 + place))] };
      }
    });
  }
});

describe("the outbox of both", () => {
  const AT = Date.UTC(2026, 10, 22);
  const outboxOf = (keep: Keep, now: number, send: (body: Sent) => Promise<object>) =>
    new Outbox({ keep, clock: () => now, chance: Math.random, deviceId: async () => "d", post: (_: string, body: Sent) => send(body) } as never);
  const asked: Sent[] = [];
  const yes = async (body: Sent) => {
    asked.push(body);
    const results = body.mutations.map(({ mid, lseq }) => ({ mid, lseq, outcome: "applied", version: 9, row: null, conflicts: [], problem: null }));
    return { results, acked_lseq: body.mutations.at(-1)?.lseq ?? 0, later: [] };
  };
  const deed = (id: string, more = {}) => ({ kind: "person", id, op: "patch" as const, base: 1, set: {}, ...more });

  test("a second database of the same process has a clock of its own", async () => {
    await outboxOf(new MemoryKeep(), AT + 100_000, yes).add([deed("p")]);
    const keep = new MemoryKeep();
    await outboxOf(keep, AT, yes).add([deed("p")]);
    const { queue } = (await keep.get<Journal>("journal"))!;
    assert.equal(queue[0]!.hlc.slice(0, 13), `${AT}`);
  });

  test("changes are sent again in the order in which they were made, though the clock was set back in between", async () => {
    const keep = new MemoryKeep();
    await outboxOf(keep, AT, yes).add([deed("first")]);
    await outboxOf(keep, AT, yes).deliver(async () => {});
    await outboxOf(keep, AT - 3_600_000, yes).add([deed("second"), deed("third")]);
    await outboxOf(keep, AT, async () => ({ results: [], acked_lseq: 0, later: [] })).sendAgain();
    const { queue } = (await keep.get<Journal>("journal"))!;
    assert.deepEqual(queue.map(({ id }) => id), ["first", "second", "third"]);
    assert.ok(queue[0]!.hlc > queue[1]!.hlc);
  });

  test("a thousand answers are kept in many items, across a restart, and go with their records and with time", async () => {
    const keep = new MemoryKeep();
    const written: string[] = [];
    const set = keep.set.bind(keep);
    keep.set = (name, value) => (written.push(name), set(name, value));
    for (let round = 0; round < 20; round++) {
      const outbox = outboxOf(keep, AT + round, yes);
      await outbox.add(Array.from({ length: 50 }, (_, place) => deed(`${round}.${place}`)));
      await outbox.deliver(async () => {});
    }
    assert.ok(written.filter((name) => name === "sent-0").length <= 2, "an item that is full is not written again");
    const later = outboxOf(keep, AT + 100, yes);
    assert.equal((await later.latest("person")).get("0.0")?.result.version, 9);
    assert.ok(await later.accepted("person", "19.49"));
    await later.forget("person", ["0.0", "7.7"]);
    const again = outboxOf(keep, AT + 7 * 24 * 3_600_000 + 10, yes);
    for (const outbox of [again, later]) assert.ok(!(await outbox.latest("person")).has("7.7"));
    await again.add([deed("new")]);
    await again.deliver(async () => {});
    const left = await later.latest("person");
    assert.deepEqual([left.has("1.1"), left.has("19.1")], [false, true]);
    assert.equal(await keep.get("sent-0"), undefined, "what is a week old is gone");
  });

  test("more changes than one request may ask about wait, and each is asked about in its turn", async () => {
    const keep = new MemoryKeep();
    const wait = async (body: Sent) => {
      asked.push(body);
      const results = body.mutations.map(({ mid, lseq }) => ({ mid, lseq, outcome: "deferred", version: 0, row: null, conflicts: [], problem: null }));
      return { results, acked_lseq: 0, later: [] };
    };
    const outbox = outboxOf(keep, AT, wait);
    const mids = await outbox.add(Array.from({ length: 450 }, (_, place) => deed(`${place}`)));
    await outbox.deliver(async () => {});
    asked.length = 0;
    for (let round = 0; round < 3; round++) await outbox.deliver(async () => {});
    assert.ok(asked.every(({ ask }) => ask.length <= 200));
    assert.deepEqual([...new Set(asked.flatMap(({ ask }) => ask))].sort(), [...mids].sort());
  });
});

describe("WatermelonDB", () => {
  test("every kind's documents lie in its columns and come back", () => {
    for (const kind of kinds) {
      const { id: _, kith_version: __, _deleted: ___, ...doc } = blank(kind, "x", 0);
      assert.deepEqual(docOf(kind, rawOf(kind, doc as Doc)), { ...docOf(kind, {}), ...doc });
    }
  });

  test("an edit is sent as what it changes, in the terms of each field", () => {
    const edited = row({ languages: '["pl"]', given_name: "Adah", _status: "updated", _changed: "languages,given_name" });
    const { set, base } = deedOf("person", edited);
    assert.deepEqual([base, set], [5, { languages: { add: ["pl"], remove: ["en"] }, given_name: "Adah" }]);
    assert.ok(isRefused(deedOf("person", edited), [{ ...deedOf("person", edited), mid: "m", refused_at: "", problem: {} as never }]));
  });

  test("what was edited while it was being sent stays to be sent, and the rest is as the server has it", () => {
    const sent = deedOf("person", row({ given_name: "Adah", phone: "1", _status: "updated", _changed: "given_name,phone" }));
    const now = row({ given_name: "Adah", phone: "2", _status: "updated", _changed: "given_name,phone" });
    const answered = { entry: sent as never, result: { outcome: "applied", version: 9, row: null } as never };
    const after = taken("person", now, answered);
    assert.deepEqual([after._status, after._changed, after.kith_version, after["phone"]], ["updated", "phone", 9, "2"]);
    assert.deepEqual(taken("person", after, answered), after, "a second time nothing changes");
  });

  test("a row with unsent edits keeps what they were made on when a colleague's arrive", () => {
    const local = row({ given_name: "Adah", _status: "updated", _changed: "given_name" });
    const remote = row({ given_name: "Adele", kith_version: 8, kith_known: JSON.stringify({ languages: ["pl"] }) });
    const resolved = resolve("person", local, remote, { ...remote, given_name: "Adah", _status: "updated", _changed: "given_name" });
    assert.equal(resolved.kith_version, 5);
    assert.deepEqual(JSON.parse(resolved.kith_known!).languages, ["pl"]);
  });

  test("a database of an older version gets the new tables and columns, and keeps its rows", async () => {
    const before = { person: kithTables(["person"])["person"]!.filter(({ name }) => name !== "phone") };
    const after = kithTables(["person", "note"]);
    const database = new Database({ adapter: adapterOf(1, before, true), modelClasses: kithModels(["person"]) });
    await database.write(() => database.get("person").create((record) => Object.assign(record, { given_name: "Ada" })));
    const migrations = kithMigrations([{ version: 1, tables: before }, { version: 2, tables: after }]);
    const adapter = await database.adapter.testClone({ schema: kithSchema(2, after), migrations, extraLokiOptions: { autosave: false } });
    const later = new Database({ adapter: (adapter as { underlyingAdapter?: never }).underlyingAdapter ?? adapter, modelClasses: kithModels(["person", "note"]) });
    const [ada] = (await later.get("person").query().fetch()) as (Model & { given_name: string; phone: string | null })[];
    assert.deepEqual([ada!.given_name, ada!.phone], ["Ada", null]);
    assert.equal(await later.get("note").query().fetchCount(), 0);
  });

  test("a deleted row can still be read, for the version that it had", async () => {
    const database = new Database({ adapter: adapterOf(1, kithTables(["person"])), modelClasses: kithModels(["person"]) });
    const record = await database.write(() => database.get("person").create((made) => Object.assign(made, { given_name: "Ada" })));
    await database.write(() => record.markAsDeleted());
    const [found] = await deletedRows(database, "person");
    assert.deepEqual([found?.id, found?.["given_name"], found?._status], [record.id, "Ada", "deleted"]);
    assert.equal(rawOfModel(record).id, record.id);
  });
});

describe("RxDB", () => {
  test("a schema of every kind takes new documents and empty deleted ones", () => {
    const ajv = addFormats(new Ajv({ strict: false }));
    for (const kind of kinds) {
      const check = ajv.compile({ ...rxdbSchema(kind), additionalProperties: true });
      assert.ok(check(blank(kind, "x", 3)), `${kind}: ${ajv.errorsText(check.errors)}`);
      const given = Object.fromEntries(Object.entries(blank(kind, "x", 0)).filter(([, value]) => value !== null));
      const { id: _, kith_version: __, _deleted: ___, ...fields } = given;
      assert.ok(check(newDoc(kind, "x", fields as never)), `${kind}: ${ajv.errorsText(check.errors)}`);
    }
  });

  test("what a person wrote stays when the master is none that the server made of it", async () => {
    const assumed = { id: "p", kith_version: 5, given_name: "Ada", phone: "1" };
    const wanted = { ...assumed, given_name: "Adah" };
    const resolve = (master: object) => kithConflictHandler.resolve({ assumedMasterState: assumed, newDocumentState: wanted, realMasterState: master } as never, "");
    assert.deepEqual(await resolve({ ...assumed, kith_version: 4, phone: "2" }), { ...wanted, kith_version: 4, phone: "2" });
    assert.deepEqual(await resolve({ ...assumed, kith_version: 6, given_name: "Adele" }), { ...assumed, kith_version: 6, given_name: "Adele" });
    assert.deepEqual(await resolve({ ...assumed, _deleted: true }), { ...assumed, _deleted: true });
  });
});

/** `saves`: when it is closed, as a clone of it wants. */
function adapterOf(version: number, tables: ReturnType<typeof kithTables>, saves = false): LokiJSAdapter {
  const schema = kithSchema(version, tables);
  return new LokiJSAdapter({ schema, useWebWorker: false, useIncrementalIndexedDB: true, dbName: `parts-${Math.random()}`, extraLokiOptions: { autosave: saves } });
}
