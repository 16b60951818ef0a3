import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import type { Doc } from "../../../generated/contract.ts";
import type { Inputs } from "../inputs.ts";
import { loadPack } from "../loading.ts";
import { type Pack } from "../pack.ts";
import {
  loadVolunteersPack, pastOf, taskInputs, tasksForVolunteer, volunteerInputs, volunteersForTask, type OfferedKind,
  type Offered, type Ranking,
} from "../volunteers/index.ts";
import { packBytes, sameBits, vector } from "./vectors.ts";

interface World {
  today: string;
  types: Record<string, string>;
  volunteers: { id: string; doc: Doc; claims: Doc[]; asks: Doc[]; inputs: Inputs }[];
  offered: { kind: OfferedKind; id: string; doc: Doc; schedules: Doc[]; inputs: Inputs }[];
}

const world = vector<World>("volunteers/world");

function golden(): Promise<Pack> {
  return loadVolunteersPack(gzipSync(JSON.stringify(vector("volunteers/pack"))));
}

test("volunteers, asks, claims, tasks and roles give the inputs that they give in Python", () => {
  for (const { doc, claims, asks, inputs, id } of world.volunteers) {
    assert.deepEqual(volunteerInputs(doc, pastOf(claims, world.types, world.today, asks), world.today), inputs, id);
  }
  for (const { kind, doc, schedules, inputs, id } of world.offered) {
    assert.deepEqual(taskInputs(kind, doc, schedules, world.today), inputs, id);
  }
});

test("a pair gives the features, the rule and the score that it gives in Python, to the last bit, either way round", async () => {
  const pack = await golden();
  const cases = vector<{ volunteer: string; task: string; features: string[]; rule: string | null; score: string }[]>("volunteers/features");
  for (const wanted of cases) {
    const volunteer = world.volunteers.find(({ id }) => id === wanted.volunteer)?.inputs ?? {};
    const task = world.offered.find(({ id }) => id === wanted.task)?.inputs ?? {};
    for (const known of [pack.known(volunteer, task), pack.known(task, volunteer)]) {
      const row = pack.row(known);
      assert.ok(Array.from(row).every((value, i) => sameBits(value, Number(wanted.features[i]))), wanted.task);
      assert.equal(pack.firstRule(known)?.name ?? null, wanted.rule);
      assert.ok(sameBits(pack.score(row), Number(wanted.score)));
    }
  }
});

test("a whole list is Python's: order, scores, demotions, chances, reasons, exclusions", async () => {
  const pack = await golden();
  const tasks: Offered[] = world.offered.map(({ kind, id, inputs }) => ({ kind, id, inputs }));
  const people: Offered[] = world.volunteers.map(({ id, inputs }) => ({ kind: "volunteer", id, inputs }));
  const of = (list: Offered[], name: string): Inputs => list.find(({ id }) => id === name)?.inputs ?? {};
  const cases = vector<{ ranked: string; id: string; rules: boolean; ranking: Ranking }[]>("volunteers/rankings");
  for (const { ranked, id, rules, ranking } of cases) {
    const how = { pack: rules ? null : pack, seed: ranked === "tasks" ? `${id}/${world.today}` : id };
    const found = ranked === "tasks"
      ? tasksForVolunteer(of(people, id), tasks.toReversed(), how)
      : volunteersForTask(of(tasks, id), people.toReversed(), how);
    assert.deepEqual({ ...found, pack_sha256: null }, ranking, id);
  }
});

test("a pack of one set does not rank for another", async () => {
  await assert.rejects(loadVolunteersPack(packBytes()), /pack-schema/);
  await assert.rejects(loadPack(gzipSync(JSON.stringify(vector("volunteers/pack")))), /pack-schema/);
});
