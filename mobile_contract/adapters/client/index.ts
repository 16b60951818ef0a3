/** Kith's own client, for apps that bring no database of their own choice. */

export * from "../../typescript/sync/index.ts";
export * from "../../typescript/files/index.ts";
export { fetchTransport, type TransportOptions } from "../shared/transport.ts";
