import { expect, test } from "vitest";
import type { Item } from "../src/data/live.ts";
import { candidatesIn } from "../src/rank/slate.ts";
import { decline, type Picked } from "../src/screens/shortlist/choose.ts";
import type { Reach } from "../src/ui/context.ts";

const referral = { id: "r1", kind: "referral", doc: { person_id: "p1", team_id: "t1", status: "received" } } as unknown as Item<"referral">;
const shown: Picked = { kind: "asset", id: "a1", name: "Choir", position: 2, exposureId: "e1" };

function recorder() {
  const written: { readonly [field: string]: unknown }[] = [];
  const said: string[] = [];
  const client = {
    create: async (_: string, doc: { readonly [field: string]: unknown }) => (written.push(doc), "made"),
    patch: async (_: string, __: string, set: { readonly [field: string]: unknown }) => (written.push(set), "mid"),
  };
  const reach = { kith: { client }, engine: { soon: () => undefined }, say: (text: string) => said.push(text), midsOf: async () => [] };
  return { written, said, reach: reach as unknown as Reach };
}

test("a no is a declined placement with its reason, which names no slate: it never was a choice from one", async () => {
  const { written, said, reach } = recorder();
  await decline(reach, shown, referral, "too_far");
  expect(written).toHaveLength(2);
  expect(written[0]).toMatchObject({ referral_id: "r1", person_id: "p1", item_kind: "asset", item_id: "a1" });
  expect(written[0]).not.toHaveProperty("exposure_id");
  expect(written[0]).not.toHaveProperty("position");
  expect(written[1]).toMatchObject({ status: "declined", reason: "too_far" });
  expect(said).toEqual(["Noted: they said no to Choir"]);
});

test("candidates are the same while the lists are the same, so that what was read of them is not read again", () => {
  const lists = [[{ kind: "asset", id: "a1", doc: {} } as unknown as Item<"asset">]];
  const [schedules, counts] = [[], []];
  const first = candidatesIn(lists, schedules, counts);
  expect(candidatesIn([...lists], schedules, counts)).toBe(first);
  expect(candidatesIn([[...(lists[0] ?? [])]], schedules, counts)).not.toBe(first);
});
