import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Doc } from "../../../generated/contract.ts";
import { asked, lacking, wrongAnswers, type Answers, type Question } from "../../rules/index.ts";

function vector<T>(name: string): T {
  const contract = process.env["KITH_CONTRACT"] ?? "mobile_contract";
  return JSON.parse(readFileSync(join(contract, ...name.split("/")), "utf8")) as T;
}

test("a survey asks, and finds wrong, what it does in Python", () => {
  const { surveys, cases } = vector<{
    surveys: Question[][];
    cases: { survey: number; answers: Answers; asked: string[]; wrong: Record<string, string[]> }[];
  }>("generated/vectors/survey.json");
  assert.ok(cases.length > 100);
  for (const { survey, answers, asked: names, wrong } of cases) {
    const questions = surveys[survey] ?? [];
    assert.deepEqual(asked(questions, answers), names, JSON.stringify(answers));
    assert.deepEqual(wrongAnswers(questions, answers), wrong, JSON.stringify(answers));
  }
});

test("a volunteer lacks for a task what they lack in Python", () => {
  const { cases } = vector<{ cases: { name: string; on: string; task: Doc; volunteer: Doc; lacking: object }[] }>(
    "vectors/rules/qualified.json",
  );
  for (const one of cases) assert.deepEqual(lacking(one.task, one.volunteer, one.on), one.lacking, one.name);
});
