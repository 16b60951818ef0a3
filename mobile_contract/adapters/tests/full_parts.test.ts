/** A device that holds as much as it can says so: a server of four answers stands for one with many records. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Database } from "@nozbe/watermelondb";
import LokiJSAdapter from "@nozbe/watermelondb/adapters/lokijs";
import logger from "@nozbe/watermelondb/utils/common/logger";
import { createRxDatabase } from "rxdb";
import { getRxStorageMemory } from "rxdb/plugins/storage-memory";
import type { Transport } from "../../typescript/sync/ports.ts";
import type { Doc, Row } from "../../typescript/sync/wire.ts";
import { kithCollections, RxdbSync } from "../rxdb/index.ts";
import { kithModels, kithSchema, kithTables, WatermelonSync } from "../watermelondb/index.ts";

logger.silence();
const BUDGET = { records: 20_000, warn: true, refused: ["caseload:t2"], problem: null };
const ADA: Doc = { team_id: "t1", given_name: "Ada", family_name: "Quill" };
const device = { name: "A phone", platform: "Node" };

/** It grants two teams, of which one does not fit. */
function fullServer(): Transport {
  const row = { k: "person", i: "p1", v: 5, op: "put", d: ADA } as Row;
  const page = { consistent: true, evict: [], acked_lseq: 0, budget: BUDGET };
  const answers: { [path: string]: (isFirst: boolean) => object } = {
    "/v1/sign-in": () => ({ account: { id: "a" }, tenant: "essex", device_id: "d", scopes: ["caseload:t1"], access_token: "a", refresh_token: "r" }),
    "/v1/sync/manifest": () => ({ scopes: ["caseload:t1", "caseload:t2"], limits: {}, poll_after_s: 900, wipe: "none" }),
    "/v1/sync/push": () => ({ results: [], acked_lseq: 0, later: [] }),
    "/v1/sync/pull": (isFirst) => ({ ...page, cursor: "c1", more: false, rows: isFirst ? [row] : [] }),
  };
  return {
    send: async ({ path, body }) => {
      const isFirst = (body as { cursor?: string | null } | undefined)?.cursor === null;
      return { status: 200, headers: {}, body: answers[path]!(isFirst) };
    },
  };
}

test("WatermelonDB's report names what stays away and how much is here", async () => {
  const schema = kithSchema(1, kithTables(["person"]));
  const adapter = new LokiJSAdapter({ schema, useWebWorker: false, useIncrementalIndexedDB: true, dbName: "full", extraLokiOptions: { autosave: false } });
  const kith = new WatermelonSync({ database: new Database({ adapter, modelClasses: kithModels(["person"]) }), transport: fullServer(), device });
  await kith.signIn("amina", "correct horse");
  const report = await kith.sync();
  assert.deepEqual([report.outcome, report.away, report.crowded], ["done", ["caseload:t2"], 20_000]);
});

test("RxDB's sync tells what stays away and how much is here", async () => {
  const database = await createRxDatabase({ name: "full", storage: getRxStorageMemory(), multiInstance: false });
  await database.addCollections(kithCollections(["person"]));
  const kith = new RxdbSync({ database, transport: fullServer(), device });
  const told: (number | undefined)[] = [];
  kith.budget$.subscribe((budget) => told.push(budget?.records));
  await kith.signIn("amina", "correct horse");
  kith.start();
  await kith.inSync();
  assert.deepEqual([told[0], told.at(-1)], [undefined, 20_000]);
  await kith.stop();
  await database.close();
});
