/** A survey at the door, one question a page: which is asked next, what is wrong with an answer, what is kept. */

import { asked, type Answers, type Question, wrongAnswers } from "@contract/rules/index.ts";

export type { Answers };

/** A page before the questions asks whether they agree; two after them hear what else was said, and save. */
export const AGREE = "agree";
export const SPOKE = "spoke";
export type Wrong = "required" | "number" | "choice" | null;

/** The pages of a survey after these answers, in order. No code of a question has a colon. */
export function pagesOf(questions: readonly Question[], answers: Answers): string[] {
  return [AGREE, ...asked(questions, answers).map((code) => `q:${code}`), SPOKE];
}

export function pageAfter(page: string, questions: readonly Question[], answers: Answers): string {
  const pages = pagesOf(questions, answers);
  return pages[pages.indexOf(page) + 1] ?? SPOKE;
}

export function pageBefore(page: string, questions: readonly Question[], answers: Answers): string | null {
  const pages = pagesOf(questions, answers);
  return pages[pages.indexOf(page) - 1] ?? null;
}

/** Where to go on: the first question that has to be answered and is not; else the last page. */
export function firstOpen(questions: readonly Question[], answers: Answers): string {
  const wrong = wrongAnswers(questions, cleaned(questions, answers));
  const open = asked(questions, answers).find((code) => code in wrong);
  return open ? `q:${open}` : SPOKE;
}

/** Answers to questions that are still asked: an answer changed earlier may have closed the way to others. */
export function cleaned(questions: readonly Question[], answers: Answers): Answers {
  const kept: Answers = {};
  for (const { code } of questions) {
    const names = asked(questions, kept);
    if (Object.hasOwn(answers, code) && names.includes(code) && !isEmpty(answers[code])) kept[code] = answers[code];
  }
  return kept;
}

/** Why the answer to one question will not do, by the contract's own rule. */
export function wrongWith(question: Question, answer: unknown): Wrong {
  if (isEmpty(answer)) return question.required ? "required" : null;
  const alone: Question = { ...question, when: null };
  if (!(question.code in wrongAnswers([alone], { [question.code]: answer }))) return null;
  return question.type === "number" ? "number" : "choice";
}

/** A number as it was typed; the text itself when it is none, so that it can be put right. */
export function numberFrom(typed: string): number | string | null {
  const text = typed.trim();
  if (text === "") return null;
  return /^-?\d{1,7}$/.test(text) ? Number(text) : text;
}

export function isEmpty(answer: unknown): boolean {
  return answer === undefined || answer === null || answer === "" || (Array.isArray(answer) && answer.length === 0);
}
