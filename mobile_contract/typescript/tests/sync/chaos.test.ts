import assert from "node:assert/strict";
import { test } from "node:test";
import { SyncClient } from "../../sync/client.ts";
import { MemoryStore } from "../../sync/memory.ts";
import { FakeServer } from "./fake_server.ts";

const SEEDS = 40;
const STEPS = 60;

/** Park and Miller's minimal standard generator, so that a seed is the same everywhere. */
function generator(seed: number): () => number {
  let state = seed + 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Two phones, one of which may lose and regain a team, a colleague at a desk, snapshots, and a network that loses half of all. */
async function world(seed: number) {
  const chance = generator(seed * 7919);
  const pick = <T>(options: T[]): T => options[Math.floor(chance() * options.length)]!;
  const server = new FakeServer();
  server.pageRows = 3;
  server.grants.set("ann", ["caseload:a", "caseload:b"]);
  server.grants.set("bob", ["caseload:a"]);
  let loss = 0;
  const maybeCut = () => {
    if (chance() < loss) throw new Error("cut");
  };
  let now = 1_763_740_800_000;
  const make = (name: string) => new SyncClient({
    store: new MemoryStore(), transport: server.longTransport({ before: maybeCut, after: maybeCut, cut: maybeCut }), clock: () => (now += 5),
    chance, device: { id: name, name: "a phone", platform: "test" },
  });
  const phones = [make("ann-1"), make("bob-1")];
  await phones[0]!.signIn("ann", "x");
  await phones[1]!.signIn("bob", "x");
  loss = 0.25;
  for (let step = 0; step < STEPS; step += 1) await deed(server, pick(phones), pick);
  loss = 0;
  server.grants.set("ann", ["caseload:a", "caseload:b"]);
  for (const phone of [...phones, ...phones]) assert.equal((await phone.sync()).outcome, "done", `seed ${seed}`);
  const fresh = make("ann-2");
  await fresh.signIn("ann", "x");
  await fresh.sync();
  return { server, phones, fresh };
}

async function deed(server: FakeServer, phone: SyncClient, pick: <T>(options: T[]) => T): Promise<void> {
  const people = await phone.list("person");
  const someone = people.length ? pick(people) : undefined;
  const given_name = pick(["Ada", "Bea", "Cy", "Dot"]);
  const deeds: (() => Promise<unknown>)[] = [
    () => phone.create("person", { team_id: "a", given_name, family_name: "Lee" }),
    async () => someone && phone.patch("person", someone.id, { given_name, languages: [pick<"en" | "pl" | "tr">(["en", "pl", "tr"])] }),
    async () => someone && phone.patch("person", someone.id, { team_id: pick(["a", "b"]) }),
    async () => someone && pick([0, 1]) && phone.remove("person", someone.id),
    async () => pick([0, 1]) && server.put("person", pick(["x", "y", "z"]), { team_id: pick(["a", "b"]), given_name, family_name: "Lee" }),
    async () => server.epoch = pick([server.epoch, server.epoch, server.epoch, `${server.epoch}+`]),
    async () => server.pack(pick(["caseload:a", "caseload:b"])),
    async () => server.grants.set("ann", pick([["caseload:a"], ["caseload:a", "caseload:b"]])),
    () => phone.sync(),
    () => phone.sync(),
    () => phone.sync(),
  ];
  await pick(deeds)();
}

const held = async (phone: SyncClient) => (await phone.list("person")).map(({ id, version, doc, pending }) => [id, version, doc, pending]);

test("whatever is lost on the way, phones end up with what a fresh phone and the server hold", async () => {
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const { server, phones, fresh } = await world(seed);
    const [ann, bob] = phones;
    assert.deepEqual(await held(ann!), await held(fresh), `seed ${seed}, ann`);
    const mine = [...server.records.values()].filter(({ doc }) => doc?.["team_id"] === "a");
    const expected = mine.map(({ id, version, doc }) => [id, version, doc, false]).sort((one, other) => (one[0]! < other[0]! ? -1 : 1));
    assert.deepEqual(await held(bob!), expected, `seed ${seed}, bob`);
    for (const phone of phones) assert.deepEqual(await phone.outbox(), [], `seed ${seed}`);
  }
});
