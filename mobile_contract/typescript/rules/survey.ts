/** What a survey asks and whether answers fit it; `mobile_contract/survey.py` says the same and says why. */

import type { Doc } from "../../generated/contract.ts";

export interface Question {
  code: string;
  type: string;
  options?: readonly { code: string }[] | null;
  low?: number | null;
  high?: number | null;
  required?: boolean;
  when?: unknown;
}

export type Answers = Record<string, unknown>;

/** The most questions that a survey has, and how deep rules may lie in each other. */
const MOST_QUESTIONS = 60;
const MOST_DEEP = 4;

/** The codes that may answer a question; none for a number. */
export function choices(question: Question): string[] {
  return question.type === "yes_no" ? ["yes", "no"] : (question.options ?? []).map(({ code }) => code);
}

/** Whether a rule is true of these answers; what is no rule, or lies too deep, is not true. */
export function holds(rule: unknown, answers: Answers, deep = MOST_DEEP): boolean {
  if (!isObject(rule) || deep < 1) return false;
  if ("all" in rule) return listed(rule.all).every((each) => holds(each, answers, deep - 1));
  if ("any" in rule) return listed(rule.any).some((each) => holds(each, answers, deep - 1));
  if ("not" in rule) return !holds(rule.not, answers, deep - 1);
  return isAnswered(rule, answers);
}

function isAnswered(rule: Record<string, unknown>, answers: Answers): boolean {
  const given = typeof rule.question === "string" ? own(answers, rule.question) : undefined;
  if ("is" in rule) return (Array.isArray(given) ? given : [given]).some((one) => listed(rule.is).includes(one));
  if (typeof given !== "number") return false;
  const { from, to } = rule;
  return !(typeof from === "number" && given < from) && !(typeof to === "number" && given > to);
}

/** The codes of the questions that are asked of whoever answers so, in order. */
export function asked(questions: readonly Question[], answers: Answers): string[] {
  const heard: Answers = {};
  const names: string[] = [];
  for (const { code, when } of questions) {
    if (when !== null && when !== undefined && !holds(when, heard)) continue;
    names.push(code);
    if (Object.hasOwn(answers, code)) heard[code] = answers[code];
  }
  return names;
}

/** What is wrong with answers, by question. */
export function wrongAnswers(questions: readonly Question[], answers: Answers): Record<string, string[]> {
  const byName = new Map(questions.map((question) => [question.code, question]));
  const now = new Set(asked(questions, answers));
  const wrong = new Map(
    Object.entries(answers).map(([name, answer]) => [name, wrongAnswer(byName.get(name), answer, now.has(name))]),
  );
  for (const [name, { required }] of byName) {
    if (required && now.has(name) && !Object.hasOwn(answers, name)) wrong.set(name, "This has to be answered.");
  }
  const said = [...wrong].filter(([, message]) => message).map(([name, message]) => [name, [message]]);
  return Object.fromEntries(said.slice(0, MOST_QUESTIONS)) as Record<string, string[]>;
}

function wrongAnswer(question: Question | undefined, answer: unknown, isAsked: boolean): string {
  if (!question) return "No such question in this version of the survey.";
  if (!isAsked) return "This question is skipped after the answers before it.";
  if (question.type === "number") return wrongNumber(question, answer);
  const codes = choices(question);
  const isOne = (one: unknown): boolean => codes.includes(one as string);
  if (question.type !== "many") return isOne(answer) ? "" : `Not one of ${codes.join(", ")}.`;
  const fits = Array.isArray(answer) && answer.every(isOne) && new Set(answer).size === answer.length;
  return fits ? "" : `Not a list of different codes of ${codes.join(", ")}.`;
}

function wrongNumber({ low, high }: Question, answer: unknown): string {
  const fits = Number.isInteger(answer) && (answer as number) >= (low ?? NaN) && (answer as number) <= (high ?? NaN);
  return fits ? "" : `Not a whole number from ${low} to ${high}.`;
}

/** The questions of a survey's document. */
export function questionsOf(survey: Doc): Question[] {
  return (survey.questions ?? []) as unknown as Question[];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function own(answers: Answers, name: string): unknown {
  return Object.hasOwn(answers, name) ? answers[name] : undefined;
}
