import assert from "node:assert/strict";
import { test } from "node:test";
import type { Doc } from "../../../generated/contract.ts";
import { explored, hash32, propensity } from "../explore.ts";
import { candidateInputs, queryInputs, type Inputs, type RankedKind } from "../inputs.ts";
import { Compiler, OPERATIONS, type Program, type Table } from "../language.ts";
import { loadPack } from "../loading.ts";
import { shortlist, type Shortlist } from "../shortlist.ts";
import { packBytes, sameBits, vector } from "./vectors.ts";

interface World {
  today: string;
  referrals: { id: string; referral: Doc; person: Doc; query: Inputs }[];
  candidates: { kind: RankedKind; id: string; doc: Doc; schedules: Doc[]; place_count: Doc | null; inputs: Inputs }[];
}

const world = vector<World>("world");

test("every operation makes of hostile numbers what Python makes of them", () => {
  const { inputs, tables, cases } = vector<{
    inputs: Record<string, string>;
    tables: Record<string, Table>;
    cases: [Program, string][];
  }>("operations");
  const names = Object.keys(inputs);
  const compiler = new Compiler(names, tables);
  const known = Float64Array.from(names, (name) => Number(inputs[name]));
  for (const [program, wanted] of cases) {
    const found = compiler.compile(program)(known);
    assert.ok(sameBits(found, Number(wanted)), `${JSON.stringify(program)}: ${found}, not ${wanted}`);
  }
  const tried = new Set(cases.map(([program]) => (program as string[])[0]));
  assert.deepEqual([...tried].sort(), OPERATIONS);
});

test("documents give the inputs that they give in Python", () => {
  for (const { referral, person, query } of world.referrals) {
    assert.deepEqual(queryInputs(referral, person, world.today), query);
  }
  for (const { kind, doc, schedules, place_count, inputs, id } of world.candidates) {
    assert.deepEqual(candidateInputs(kind, doc, schedules, place_count, world.today), inputs, id);
  }
});

test("inputs give the features, the rule and the score that they give in Python, to the last bit", async () => {
  const pack = await loadPack(packBytes());
  const cases = vector<{ referral: string; candidate: string; features: string[]; rule: string | null; score: string }[]>("features");
  for (const wanted of cases) {
    const query = world.referrals.find(({ id }) => id === wanted.referral)?.query ?? {};
    const candidate = world.candidates.find(({ id }) => id === wanted.candidate)?.inputs ?? {};
    const known = pack.known(query, candidate);
    const row = pack.row(known);
    assert.deepEqual(Array.from(row), wanted.features.map(Number));
    assert.equal(pack.firstRule(known)?.name ?? null, wanted.rule);
    assert.ok(sameBits(pack.score(row), Number(wanted.score)));
  }
});

test("the same referral explores the same way, with the same chances", () => {
  const cases = vector<{ id: string; hash: number; order: number[]; propensities: number[] }[]>("explorations");
  for (const { id, hash, order, propensities } of cases) {
    assert.equal(hash32(id), hash);
    assert.deepEqual(explored(id, order.length), order);
    assert.deepEqual(order.map((rank, position) => propensity(rank, position, order.length)), propensities);
  }
});

test("a whole shortlist is Python's: order, scores, chances, reasons, exclusions", async () => {
  const pack = await loadPack(packBytes());
  for (const { referral: referralId, rules, slate } of vector<{ referral: string; rules: boolean; slate: Shortlist }[]>("shortlists")) {
    const asked = world.referrals.find(({ id }) => id === referralId);
    assert.ok(asked);
    const { referral, person } = asked;
    const found = shortlist({
      pack: rules ? null : pack, referral, person, referralId, today: world.today, candidates: world.candidates.toReversed(),
    });
    assert.deepEqual({ ...found, pack_sha256: null }, slate, referralId);
  }
});
