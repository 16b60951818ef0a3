/** A phone whose records are in RxDB, in memory, with every document checked against its schema. */

import assert from "node:assert/strict";
import { createRxDatabase, getChangedDocumentsSince, type RxCollection, type RxDatabase } from "rxdb";
import { REPLICATION_STATE_BY_COLLECTION } from "rxdb/plugins/replication";
import { getRxStorageMemory } from "rxdb/plugins/storage-memory";
import { wrappedValidateAjvStorage } from "rxdb/plugins/validate-ajv";
import { firstValueFrom } from "rxjs";
import type { Kind } from "../../generated/contract.ts";
import { slugOf } from "../../typescript/sync/problems.ts";
import { secureChance, uuid7 } from "../../typescript/sync/uuid7.ts";
import type { Doc } from "../../typescript/sync/wire.ts";
import { kithCollections, newDoc, RxdbSync } from "../rxdb/index.ts";
import type { AnyDoc } from "../rxdb/schemas.ts";
import { Net, PASSWORD, type Client, type Phone } from "./stage.ts";
import { KINDS } from "./watermelon_phone.ts";

class RxdbPhone implements Phone {
  readonly net = new Net();
  private readonly database: RxDatabase;
  private kith: RxdbSync;

  constructor(database: RxDatabase) {
    this.database = database;
    this.kith = this.make();
  }

  async open(username: string): Promise<this> {
    await this.kith.signIn(username, PASSWORD);
    this.kith.start();
    return this;
  }

  async create(kind: string, doc: Doc): Promise<string> {
    const id = uuid7(Date.now(), secureChance);
    await this.of(kind).insert(newDoc(kind as Kind, id, doc as never) as unknown as AnyDoc);
    return id;
  }

  async edit(kind: string, id: string, fields: Doc): Promise<void> {
    await (await this.of(kind).findOne(id).exec(true)).incrementalPatch(fields);
  }

  async remove(kind: string, id: string): Promise<void> {
    await (await this.of(kind).findOne(id).exec(true)).remove();
  }

  async read(kind: string, id: string): Promise<Doc | undefined> {
    const found = (await this.of(kind).findOne(id).exec())?.toMutableJSON();
    if (!found) return undefined;
    const { id: _, kith_version: __, ...doc } = found;
    return doc as Doc;
  }

  async ids(kind: string): Promise<string[]> {
    if (!this.of(kind)) return [];
    return (await this.of(kind).find().exec()).map(({ primary }) => primary).sort();
  }

  async traces(kind: string): Promise<number> {
    if (!this.of(kind)) return 0; // the whole database was removed
    if (!this.of("kith_keep")) return 1; // or is being
    const stores = [this.of(kind).storageInstance, this.of("kith_keep").storageInstance, ...(REPLICATION_STATE_BY_COLLECTION.get(this.of(kind)) ?? []).map(({ metaInstance }) => metaInstance!)];
    const found = await Promise.all(stores.map((store) => getChangedDocumentsSince(store as never, 10_000)));
    return found.flatMap(({ documents }) => documents as unknown[]).filter((document) => JSON.stringify(document).includes("Quill")).length;
  }

  async command(kind: string, id: string, name: string, args: Doc = {}): Promise<void> {
    await this.kith.command(kind, id, name, args);
  }

  async sync(): Promise<void> {
    const cut = firstValueFrom(this.kith.problem$).then((problem) => assert.match(slugOf(problem), /offline|device-revoked/));
    await Promise.race([this.kith.inSync().catch((error: Error) => assert.match(error.name, /OfflineError|ProblemError/)), cut]);
  }

  async refused(): Promise<string[]> {
    return (await this.kith.refused()).map(({ problem }) => slugOf(problem));
  }

  async restart(): Promise<void> {
    await this.kith.stop();
    this.kith = this.make();
    this.kith.start();
  }

  live(): void {} // it is from the start

  async close(): Promise<void> {
    await this.kith.stop();
    if (!this.database.closed) await this.database.close();
  }

  private of(kind: string): RxCollection<AnyDoc> {
    return this.database.collections[kind] as RxCollection<AnyDoc>;
  }

  private make(): RxdbSync {
    return new RxdbSync({ database: this.database, transport: this.net, device: { name: "Node", platform: "RxDB" }, batchSize: 100, retryTime: 50, pause: async () => {} });
  }
}

let databases = 0;

export const rxdb: Client = {
  name: "RxDB",
  async open(username) {
    const storage = wrappedValidateAjvStorage({ storage: getRxStorageMemory() });
    const database = await createRxDatabase({ name: `kith-${++databases}`, storage, multiInstance: false, eventReduce: true });
    await database.addCollections(kithCollections(KINDS));
    return new RxdbPhone(database).open(username);
  },
};
