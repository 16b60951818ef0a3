/** Kith for RxDB 17: schemas and collections from the contract, the conflict handler, and the sync. */

export { Door, type DoorOptions } from "../shared/door.ts";
export type { Refused } from "../shared/refused.ts";
export { fetchTransport, type TransportOptions } from "../shared/transport.ts";
export { kithConflictHandler } from "./conflict.ts";
export { kithCollections, kithSchema, newDoc, type KithDoc } from "./schemas.ts";
export { RxdbSync, type KithOptions } from "./sync.ts";
