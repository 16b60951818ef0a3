/** The sync client's public face. */

export * from "./client.ts";
export { storeSuite, type StoreCase } from "./conformance.ts";
export { type ChangesOf, type CounterOf, type DraftOf, type Seen } from "./deeds.ts";
export { LivePokes, type Alone } from "./live.ts";
export { MemoryStore } from "./memory.ts";
export { type DocOf, type View } from "./overlay.ts";
export { takenWith } from "./outbox.ts";
export * from "./ports.ts";
export { OfflineError, ProblemError, slugOf } from "./problems.ts";
export { type SyncReport } from "./report.ts";
export { type ClientState, type Status } from "./status.ts";
export { fetchBytes, fetchStream } from "./stream.ts";
export { packed } from "./unpack.ts";
export { secureChance, uuid7 } from "./uuid7.ts";
export * from "./wire.ts";
