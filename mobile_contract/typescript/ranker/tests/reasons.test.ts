import assert from "node:assert/strict";
import { test } from "node:test";
import type { Inputs } from "../inputs.ts";
import type { PackDocument } from "../document.ts";
import { Pack, rulesPack } from "../pack.ts";
import { explain } from "../reasons.ts";
import { fill } from "../sentences.ts";
import { shortlist } from "../shortlist.ts";
import { RULES_PACK } from "../rules.ts";
import { vector } from "./vectors.ts";

const world = vector<{ today: string; referrals: never[]; candidates: never[] }>("world");

/** The rules' pack in which only one feature counts, by so much. */
function only(feature: number, weight: number): Pack {
  const weights = RULES_PACK.features.map((_, i) => (i === feature ? weight : 0));
  const means = weights.map((_, i) => (i === feature ? -1 : 0));
  return new Pack({ ...RULES_PACK, linear: { weights, means, intercept: 0 } }, null);
}

/** Some of the golden pairs, each with inputs left out in turn. */
function* pairs(): Generator<[Inputs, Inputs]> {
  let turn = 0;
  for (const { query } of world.referrals as { query: Inputs }[]) {
    for (const { inputs } of world.candidates as { inputs: Inputs }[]) {
      turn++;
      const without = (all: Inputs): Inputs =>
        Object.fromEntries(Object.entries(all).filter((_, i) => (i * 7 + turn * 3) % 11 > 2));
      yield [query, inputs];
      yield [without(query), without(inputs)];
    }
  }
}

test("a sentence of what is not known is not said", () => {
  const unsaid: [string, number][] = [
    ["{x|km}", NaN], ["{x|whole}", Infinity], ["{x|any:access}", 0], ["{x|any:access}", 2 ** 30],
    ["{x|any:a_newer_vocabulary}", 1], ["{x|any:constructor}", 1], ["{x|one:audience}", 99],
    ["{x|a_newer_format}", 1], ["{x|toString}", 1],
  ];
  for (const [template, value] of unsaid) {
    assert.equal(fill(template, () => value), undefined, template);
    assert.equal(fill(`It is. ${template}`, () => value), undefined, template);
  }
  assert.equal(fill("{x|people} and {x|days}.", () => 1), "1 person and 1 day.");
});

test("no reason, change or exclusion ever says that something is not known", () => {
  const texts = new Set<string>();
  const all = [...pairs()];
  RULES_PACK.features.forEach((_, feature) => {
    for (const pack of [only(feature, 1), only(feature, -1)]) {
      for (const [query, candidate] of all.filter((_, i) => i % 9 === feature % 9)) {
        const known = pack.known(query, candidate);
        const { reasons, change } = explain(pack, known, pack.row(known));
        for (const text of [...reasons.map((reason) => reason.text), change ?? "."]) texts.add(text);
      }
    }
  });
  for (const { referral, person } of world.referrals) {
    const { excluded } = shortlist({ ...world, pack: null, referral, person, referralId: "r" });
    for (const { text, change } of excluded) texts.add(text).add(change ?? ".");
  }
  assert.ok(texts.size > 100);
  for (const text of texts) assert.doesNotMatch(text, /\b(unknown|nothing|NaN|undefined|null|Infinity)\b|[{}]|[^.]$/);
});

test("a line has at most four reasons for it and one against, and every contribution", () => {
  const pack = rulesPack();
  for (const { referral, person } of world.referrals) {
    for (const { reasons, contributions } of shortlist({ ...world, pack, referral, person, referralId: "r" }).items) {
      const signs = reasons.map(({ contribution }) => Math.sign(contribution));
      assert.ok(signs.filter((sign) => sign > 0).length <= 4 && signs.filter((sign) => sign < 0).length <= 1);
      assert.ok(reasons.every(({ contribution }) => Object.values(contributions).includes(contribution)));
    }
  }
});

test("a wait speaks only against", () => {
  const waits = RULES_PACK.features.findIndex(([name]) => name === "wait_days");
  const told = (weight: number): string[] => {
    const pack = only(waits, weight);
    const known = pack.known({}, { kind: 0, wait_days: 14, places_open: 8, places_total: 20 });
    return explain(pack, known, pack.row(known)).reasons.map(({ text }) => text);
  };
  assert.deepEqual([told(1), told(-1)], [[], ["About 14 days to wait."]]);
});

test("what the card shows is said only when it weighs most, and never against", () => {
  const place = (feature: string): number => RULES_PACK.features.findIndex(([name]) => name === feature);
  const told = (given: Record<string, number>): string[] => {
    const weights = RULES_PACK.features.map(() => 0);
    for (const [feature, weight] of Object.entries(given)) weights[place(feature)] = weight;
    const pack = new Pack({ ...RULES_PACK, linear: { weights, means: weights.map(() => -1), intercept: 0 } }, null);
    const known = pack.known({}, { kind: 0, cost_pence: 0, wait_days: 0, chosen: 0, shown: 100, online: 0, at_home: 1 });
    return explain(pack, known, pack.row(known)).reasons.map(({ text }) => text);
  };
  assert.deepEqual(told({ cost_pence: 1 }), ["Free."]);
  assert.deepEqual(told({ cost_pence: 1, wait_days: 2 }), ["Free."]);
  assert.deepEqual(told({ cost_pence: 1, wait_days: 2, group_fit: 3 }), []);
  assert.deepEqual(told({ cost_pence: -1 }), []);
});

test("a sentence of a newer pack gives way to one that can be said", () => {
  const newer: PackDocument = {
    ...RULES_PACK,
    families: RULES_PACK.families.map(([name]) => [name, [[1, "{wait_days|a_newer_format}.", 0], [1, "Plain.", 0]], []]),
    rules: RULES_PACK.rules.map(([name, program]) => [name, program, "{wait_days|a_newer_format}.", null]),
  };
  const pack = new Pack(newer, null);
  const { referral, person } = world.referrals[0] ?? assert.fail();
  const { items, excluded } = shortlist({ ...world, pack, referral, person, referralId: "r" });
  assert.ok(items.length > 0 && excluded.length > 0);
  for (const { reasons } of items) assert.ok(reasons.every(({ text }) => ["Plain.", "Much asked for lately."].includes(text)));
  for (const { text } of excluded) assert.equal(text, "It does not fit what was recorded.");
});
