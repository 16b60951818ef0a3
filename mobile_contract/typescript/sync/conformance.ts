/** What every store must do; run it on each implementation: `for (const it of storeSuite) test(it.name, () => it.run(make))`. */

import type { OutboxEntry, Part, Store, StoredRecord, Transaction } from "./ports.ts";

export interface StoreCase {
  name: string;
  /** `make` gives an empty store; called twice within a case, it gives two that share nothing. */
  run(make: () => Promise<Store>): Promise<void>;
}

function record(id: string, more: Partial<StoredRecord> = {}): StoredRecord {
  return { kind: "note", id, version: 1, doc: { text: id }, scopes: ["caseload:a"], generation: 0, ...more };
}

function entry(order: number, more: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    mid: `m${order}`, order, lseq: null, kind: "note", id: "n", op: "patch", base: 0, set: { text: "x" }, command: null,
    hlc: "1", made_at: "2026-11-21T09:30:00.000Z", deferred: false, ...more,
  };
}

const problem = { type: "/problems/x", title: "x", status: 409, remedy: "drop" as const };

function equal(actual: unknown, expected: unknown): void {
  const [got, wanted] = [canonical(actual), canonical(expected)];
  if (got !== wanted) throw new Error(`expected ${wanted}, got ${got}`);
}

/** JSON with sorted keys, so that a store may keep them in any order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner && typeof inner === "object" && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort()) : inner,
  ) ?? "undefined";
}

function write<T>(store: Store, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return store.transaction("write", work);
}

function read<T>(store: Store, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return store.transaction("read", work);
}

const ids = (records: StoredRecord[]) => records.map(({ id }) => id);
const mids = (entries: OutboxEntry[]) => entries.map(({ mid }) => mid);

const cases: { [name: string]: (store: Store) => Promise<void> } = {
  "gives back what was put": async (store) => {
    const kept = record("n1", { doc: { text: "é", list: [1, { deep: null }] } });
    await write(store, (tx) => tx.putRecord(kept));
    equal(await read(store, (tx) => tx.record("note", "n1")), kept);
    equal(await read(store, (tx) => tx.record("note", "other")), undefined);
    equal(await read(store, (tx) => tx.record("task", "n1")), undefined);
  },
  "replaces a record with the same kind and id": async (store) => {
    await write(store, async (tx) => {
      await tx.putRecord(record("n1"));
      await tx.putRecord(record("n1", { version: 2 }));
    });
    equal(await read(store, async (tx) => [(await tx.record("note", "n1"))?.version, await tx.countRecords()]), [2, 1]);
  },
  "lists a kind in the order of ids": async (store) => {
    await write(store, async (tx) => {
      for (const id of ["b", "a", "C"]) await tx.putRecord(record(id));
      await tx.putRecord(record("a", { kind: "task" }));
    });
    equal(await read(store, async (tx) => ids(await tx.records("note"))), ["C", "a", "b"]);
  },
  "finds the records of a scope, each once": async (store) => {
    await write(store, async (tx) => {
      await tx.putRecord(record("one"));
      await tx.putRecord(record("two", { scopes: ["caseload:b", "caseload:a"] }));
      await tx.putRecord(record("none", { scopes: [] }));
    });
    equal(await read(store, async (tx) => ids(await tx.recordsInScope("caseload:a"))), ["one", "two"]);
    equal(await read(store, async (tx) => ids(await tx.recordsInScope("caseload"))), []);
  },
  "forgets the scopes of a record that moved": async (store) => {
    await write(store, (tx) => tx.putRecord(record("n1")));
    await write(store, (tx) => tx.putRecord(record("n1", { scopes: ["caseload:b"] })));
    equal(await read(store, (tx) => tx.recordsInScope("caseload:a")), []);
  },
  "finds the records of earlier generations": async (store) => {
    await write(store, async (tx) => {
      await tx.putRecord(record("old", { generation: 1 }));
      await tx.putRecord(record("new", { generation: 2 }));
    });
    equal(await read(store, async (tx) => ids(await tx.recordsBefore(2))), ["old"]);
  },
  "deletes a record, and one that is not there": async (store) => {
    await write(store, (tx) => tx.putRecord(record("n1")));
    await write(store, async (tx) => {
      await tx.deleteRecord("note", "n1");
      await tx.deleteRecord("note", "never");
    });
    equal(await read(store, (tx) => tx.countRecords()), 0);
  },
  "keeps the outbox in the order in which changes were made": async (store) => {
    await write(store, async (tx) => {
      for (const order of [10, 2, 1]) await tx.putOutbox(entry(order, { id: order === 2 ? "other" : "n" }));
      await tx.putOutbox(entry(3, { kind: "task" }));
    });
    equal(await read(store, async (tx) => mids(await tx.outbox())), ["m1", "m2", "m3", "m10"]);
    equal(await read(store, async (tx) => mids(await tx.outboxOf("note"))), ["m1", "m2", "m10"]);
    equal(await read(store, async (tx) => mids(await tx.outboxOf("note", "n"))), ["m1", "m10"]);
  },
  "replaces an outbox entry by its mid, and deletes it": async (store) => {
    await write(store, (tx) => tx.putOutbox(entry(1)));
    await write(store, (tx) => tx.putOutbox(entry(1, { lseq: 7 })));
    equal(await read(store, async (tx) => (await tx.outbox()).map(({ lseq }) => lseq)), [7]);
    await write(store, (tx) => tx.deleteOutbox("m1"));
    equal(await read(store, (tx) => tx.outbox()), []);
  },
  "keeps attention and sent entries apart from the outbox": async (store) => {
    const refused = { ...entry(2), problem, refused_at: "2026-11-21T09:31:00.000Z" };
    const sent = { ...entry(1), answered_at: "2026-11-21T09:31:00.000Z" };
    await write(store, async (tx) => {
      await tx.putAttention(refused);
      await tx.putSent(sent);
    });
    equal(await read(store, async (tx) => [await tx.outbox(), await tx.attention(), await tx.sent()]), [[], [refused], [sent]]);
    await write(store, async (tx) => {
      await tx.deleteAttention("m2");
      await tx.deleteSent("m1");
    });
    equal(await read(store, async (tx) => [await tx.attention(), await tx.sent()]), [[], []]);
  },
  "keeps the pieces of a snapshot in their order, each once": async (store) => {
    const part = (at: number, ...bytes: number[]): Part => ({ sha256: "s", at, bytes: new Uint8Array(bytes) });
    await write(store, async (tx) => {
      for (const one of [part(12, 3), part(2, 1, 255), part(2, 0, 254)]) await tx.putPart(one);
      await tx.putPart({ ...part(0, 9), sha256: "other" });
    });
    const there = () => read(store, async (tx) => (await tx.parts("s")).map(({ at, bytes }) => [at, ...bytes]));
    equal(await there(), [[2, 0, 254], [12, 3]]);
    await write(store, (tx) => tx.deleteParts("s"));
    equal(await there(), []);
    equal(await read(store, async (tx) => (await tx.parts("other")).length), 1);
  },
  "remembers meta values, null among them": async (store) => {
    await write(store, async (tx) => {
      await tx.setMeta("cursor", null);
      await tx.setMeta("held", ["a", "b"]);
    });
    equal(await read(store, async (tx) => [await tx.meta("cursor"), await tx.meta("held")]), [null, ["a", "b"]]);
    equal(await read(store, (tx) => tx.meta("lseq")), undefined);
  },
  "sees its own writes within a transaction": async (store) => {
    const seen = await write(store, async (tx) => {
      await tx.putRecord(record("n1"));
      await tx.putOutbox(entry(1));
      return [ids(await tx.records("note")), mids(await tx.outbox())];
    });
    equal(seen, [["n1"], ["m1"]]);
  },
  "writes nothing at all when the work throws": async (store) => {
    await write(store, (tx) => tx.setMeta("lseq", 1));
    const failing = write(store, async (tx) => {
      await tx.putRecord(record("n1"));
      await tx.putOutbox(entry(1));
      await tx.setMeta("lseq", 2);
      throw new Error("died");
    });
    equal(await failing.catch((error: Error) => error.message), "died");
    equal(await read(store, async (tx) => [await tx.countRecords(), await tx.outbox(), await tx.meta("lseq")]), [0, [], 1]);
  },
  "runs writing transactions one after another": async (store) => {
    const increment = () =>
      write(store, async (tx) => {
        const before = (await tx.meta<number>("lseq")) ?? 0;
        await tx.countRecords();
        await tx.setMeta("lseq", before + 1);
      });
    await Promise.all(Array.from({ length: 20 }, increment));
    equal(await read(store, (tx) => tx.meta("lseq")), 20);
  },
  "goes on after a transaction that failed": async (store) => {
    await write(store, () => Promise.reject(new Error("died"))).catch(() => undefined);
    await write(store, (tx) => tx.setMeta("lseq", 5));
    equal(await read(store, (tx) => tx.meta("lseq")), 5);
  },
  "does not change when what it gave is changed": async (store) => {
    await write(store, (tx) => tx.putRecord(record("n1")));
    const given = await read(store, (tx) => tx.record("note", "n1"));
    given!.doc["text"] = "changed";
    equal((await read(store, (tx) => tx.record("note", "n1")))?.doc, { text: "n1" });
  },
  "forgets everything when cleared": async (store) => {
    await write(store, async (tx) => {
      await tx.putRecord(record("n1"));
      await tx.putOutbox(entry(1));
      await tx.putSent({ ...entry(2), answered_at: "x" });
      await tx.putAttention({ ...entry(3), problem, refused_at: "x" });
      await tx.putPart({ sha256: "s", at: 0, bytes: new Uint8Array(1) });
      await tx.setMeta("lseq", 1);
      await tx.clear();
    });
    const left = read(store, async (tx) => [
      await tx.countRecords(), await tx.outbox(), await tx.sent(), await tx.attention(), (await tx.meta("lseq")) ?? null,
      await tx.parts("s"),
    ]);
    equal(await left, [0, [], [], [], null, []]);
  },
};

export const storeSuite: StoreCase[] = Object.entries(cases).map(([name, check]) => ({
  name: `a store ${name}`,
  run: async (make) => check(await make()),
}));
