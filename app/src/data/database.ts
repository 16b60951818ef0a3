/** The phone's database: what the sync client keeps, and what is only this phone's (drafts, the ranker's pack). */

import { Dexie, type EntityTable, type Table } from "dexie";
import type { AttentionEntry, MetaName, OutboxEntry, Part, SentEntry, StoredRecord } from "@contract/sync/ports.ts";

export interface Draft {
  readonly id: string;
  readonly values: { readonly [field: string]: unknown };
  readonly step: string;
  readonly updated_at: string;
}

export interface KeptPack {
  readonly id: "pack";
  readonly version: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
  readonly fetched_at: string;
  /** When the server last named it as the one to use. */
  readonly confirmed_at: string;
}

export interface Setting {
  readonly name: string;
  readonly value: unknown;
}

export class Database extends Dexie {
  records!: Table<StoredRecord, [string, string]>;
  outbox!: EntityTable<OutboxEntry, "mid">;
  attention!: EntityTable<AttentionEntry, "mid">;
  sent!: EntityTable<SentEntry, "mid">;
  meta!: Table<{ name: MetaName; value: unknown }, MetaName>;
  parts!: Table<Part, [string, number]>;
  drafts!: Table<Draft, string>;
  packs!: Table<KeptPack, string>;
  settings!: Table<Setting, string>;

  constructor(name = "kith") {
    super(name);
    this.version(1).stores({
      records: "[kind+id], *scopes, generation",
      outbox: "mid, order, [kind+id]",
      attention: "mid, order",
      sent: "mid, order",
      meta: "name",
      drafts: "id, updated_at",
      packs: "id",
      settings: "name",
    });
    this.version(2).stores({ parts: "[sha256+at]" });
  }
}
