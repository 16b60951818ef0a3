/** The sync client's public face. */

export * from "./client.ts";
export { storeSuite, type StoreCase } from "./conformance.ts";
export { MemoryStore } from "./memory.ts";
export { type DocOf, type View } from "./overlay.ts";
export * from "./ports.ts";
export * from "./wire.ts";
