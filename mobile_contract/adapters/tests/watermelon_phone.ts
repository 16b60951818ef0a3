/** A phone whose records are in WatermelonDB, on the LokiJS adapter, which needs no compiler. */

import { Database, type Model } from "@nozbe/watermelondb";
import LokiJSAdapter from "@nozbe/watermelondb/adapters/lokijs";
import logger from "@nozbe/watermelondb/utils/common/logger";
import type { Kind } from "../../generated/contract.ts";
import { slugOf } from "../../typescript/sync/problems.ts";
import type { Doc } from "../../typescript/sync/wire.ts";
import { kithModels, kithSchema, kithTables, WatermelonSync } from "../watermelondb/index.ts";
import { docOf } from "../watermelondb/columns.ts";
import { rawOfModel } from "../watermelondb/tables.ts";
import { Net, PASSWORD, type Client, type Phone } from "./stage.ts";

logger.silence();
export const KINDS: Kind[] = ["person", "referral", "placement", "note", "conflict"];

class WatermelonPhone implements Phone {
  readonly net = new Net();
  private readonly database = openDatabase();
  private kith = this.start();

  async open(username: string): Promise<this> {
    await this.kith.signIn(username, PASSWORD);
    return this;
  }

  create(kind: string, doc: Doc): Promise<string> {
    return this.database.write(async () => (await this.database.get(kind).create((record) => Object.assign(record, doc))).id);
  }

  async edit(kind: string, id: string, fields: Doc): Promise<void> {
    await this.database.write(async () => {
      const record = await this.database.get(kind).find(id);
      await record.update((seen) => Object.assign(seen, fields));
    });
  }

  remove(kind: string, id: string): Promise<void> {
    return this.database.write(async () => (await this.database.get(kind).find(id)).markAsDeleted());
  }

  async read(kind: string, id: string): Promise<Doc | undefined> {
    const found = (await this.all(kind)).find((record) => record.id === id);
    return found && docOf(kind, rawOfModel(found));
  }

  async ids(kind: string): Promise<string[]> {
    return (await this.all(kind)).map(({ id }) => id).sort();
  }

  async traces(kind: string): Promise<number> {
    const items = ["journal", ...Array.from({ length: 20 }, (_, place) => `sent-${place}`)];
    const journal = JSON.stringify(await Promise.all(items.map((name) => this.database.localStorage.get(`kith_${name}`))));
    return (await this.all(kind)).length + (await this.database.adapter.getDeletedRecords(kind)).length + (journal.includes("Quill") ? 1 : 0);
  }

  async command(kind: string, id: string, name: string, args: Doc = {}): Promise<void> {
    await this.kith.command(kind, id, name, args);
  }

  async sync(): Promise<void> {
    const report = await this.kith.sync();
    if (report.outcome === "failed") throw new Error(JSON.stringify(report.problem));
  }

  async refused(): Promise<string[]> {
    return (await this.kith.refused()).map(({ problem }) => slugOf(problem));
  }

  async restart(): Promise<void> {
    this.kith = this.start();
  }

  live(): void {
    this.kith.start();
  }

  async close(): Promise<void> {
    this.kith.stop();
  }

  private all(kind: string): Promise<Model[]> {
    return this.database.get(kind).query().fetch();
  }

  private start(): WatermelonSync {
    return new WatermelonSync({ database: this.database, transport: this.net, device: { name: "Node", platform: "WatermelonDB" } });
  }
}

export const watermelon: Client = { name: "WatermelonDB", open: (username) => new WatermelonPhone().open(username) };

function openDatabase(): Database {
  const schema = kithSchema(1, kithTables(KINDS));
  const adapter = new LokiJSAdapter({
    schema, useWebWorker: false, useIncrementalIndexedDB: true, dbName: `kith-${Math.random()}`, extraLokiOptions: { autosave: false },
  });
  return new Database({ adapter, modelClasses: kithModels(KINDS) });
}
