import assert from "node:assert/strict";
import { test } from "node:test";
import type { Doc } from "../../../generated/contract.ts";
import { parted, withAll, type Offered, type Ranking } from "../volunteers/index.ts";

const ON = "2026-11-21";
const role = (id: string): Offered => ({ kind: "opportunity", id, inputs: {} as Offered["inputs"] });
const young = { birth_on: "2010-06-01", guardian_until_on: null } as unknown as Doc;

function rules(volunteer: Doc, works: Record<string, unknown>): Record<string, string> {
  const candidates = Object.entries(works).map(([id, work]) => ({ offered: role(id), work: work as Doc, volunteer }));
  const { able, keptOff } = parted(candidates, new Map([["lift", "Lifting"]]), ON);
  return Object.fromEntries([...able.map(({ id }) => [id, ""]), ...keptOff.map(({ id, rule }) => [id, rule])]);
}

test("whoever is under 18 is shown only what is open to their age, and that with a guardian's consent", () => {
  const works = { adults: {}, older: { min_age: 17 }, open: { min_age: 16 } };
  assert.deepEqual(rules(young, works), { adults: "under_age", older: "under_age", open: "guardian_consent_missing" });
  const agreed = { ...young, guardian_until_on: ON } as Doc;
  assert.deepEqual(rules(agreed, works), { adults: "under_age", older: "under_age", open: "" });
  assert.deepEqual(rules({} as Doc, works), { adults: "", older: "", open: "" });
});

test("a training that is missing is named, and a background check is left to the ranker's own rules", () => {
  const candidate = { offered: role("b"), work: { training: ["lift"], dbs_level: "basic" } as unknown as Doc, volunteer: {} as Doc };
  const { able, keptOff } = parted([candidate], new Map([["lift", "Lifting"]]), ON);
  const text = "Asks for a training that is not held, or has run out: Lifting.";
  assert.deepEqual(able, []);
  assert.deepEqual(keptOff, [
    { kind: "opportunity", id: "b", rule: "training_missing", text, change: "If this were done: Lifting." },
  ]);
  const ranking = { excluded: [{ ...keptOff[0], id: "c" }] } as unknown as Ranking;
  assert.deepEqual(withAll(ranking, keptOff).excluded.map(({ id }) => id), ["b", "c"]);
  assert.deepEqual(rules({} as Doc, { checked: { dbs_level: "basic" } }), { checked: "" });
});
