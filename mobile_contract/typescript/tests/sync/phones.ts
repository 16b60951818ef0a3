/** Phones on a small server, for tests: each with a store in memory, a clock that ticks and chance from a seed. */

import { SyncClient } from "../../sync/client.ts";
import { MemoryStore } from "../../sync/memory.ts";
import type { Store, Transport } from "../../sync/ports.ts";
import { FakeServer } from "./fake_server.ts";

export const PERSON = { team_id: "a", given_name: "Ann", family_name: "Lee" };
export const START = 1_763_740_800_000;

function chance(): () => number {
  let state = 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

export function phone(server: FakeServer, name: string, more: { store?: Store; transport?: Transport; now?: number } = {}) {
  let now = more.now ?? START;
  return new SyncClient({
    store: more.store ?? new MemoryStore(), transport: more.transport ?? server.transport(), clock: () => (now += 7),
    chance: chance(), device: { id: name, name: "a phone", platform: "test" },
  });
}

export async function signedIn(server: FakeServer, name: string, more: { store?: Store; transport?: Transport } = {}) {
  const client = phone(server, name, more);
  await client.signIn(name.split("-")[0]!, "secret");
  return client;
}

export function worldOf(...teams: string[]): FakeServer {
  const server = new FakeServer();
  server.grants.set("ann", teams.map((team) => `caseload:${team}`));
  server.grants.set("bob", teams.map((team) => `caseload:${team}`));
  return server;
}

export const names = async (client: SyncClient) => (await client.list("person")).map(({ doc }) => doc.given_name);
