/** The sync client's public face. */

export * from "./client.ts";
export * from "./ports.ts";
export * from "./wire.ts";
