/** Kith for WatermelonDB 0.28: the schema from the contract, the models, and the sync. */

export { Door, type DoorOptions } from "../shared/door.ts";
export { Report } from "../shared/report.ts";
export type { Refused } from "../shared/refused.ts";
export { fetchTransport, type TransportOptions } from "../shared/transport.ts";
export { kithModel, kithModels, type KithModel } from "./models.ts";
export { kithMigrations, kithSchema, kithTables, type Tables } from "./schema.ts";
export { WatermelonSync, type KithOptions } from "./sync.ts";
