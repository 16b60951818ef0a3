import { describe, expect, test } from "vitest";
import type { Question } from "@contract/rules/index.ts";
import { AGREE, cleaned, firstOpen, numberFrom, pageAfter, pageBefore, pagesOf, SPOKE, wrongWith } from "../src/logic/survey.ts";

const QUESTIONS: readonly Question[] = [
  { code: "know", type: "yes_no", required: true },
  { code: "often", type: "one", options: [{ code: "daily" }, { code: "rarely" }], required: true, when: { question: "know", is: ["yes"] } },
  { code: "why", type: "many", options: [{ code: "shy" }, { code: "new" }], when: { question: "often", is: ["rarely"] } },
  { code: "adults", type: "number", low: 1, high: 12 },
];

describe("the pages of a survey", () => {
  test("begin with consent, end with what else was said, and follow the answers between", () => {
    expect(pagesOf(QUESTIONS, {})).toEqual([AGREE, "q:know", "q:adults", SPOKE]);
    expect(pagesOf(QUESTIONS, { know: "yes", often: "rarely" })).toEqual([AGREE, "q:know", "q:often", "q:why", "q:adults", SPOKE]);
  });
  test("lead on and back past questions that are not asked", () => {
    expect(pageAfter("q:know", QUESTIONS, { know: "no" })).toBe("q:adults");
    expect(pageBefore("q:adults", QUESTIONS, { know: "no" })).toBe("q:know");
    expect(pageBefore(AGREE, QUESTIONS, {})).toBeNull();
  });
});

test("an answer that closes the way to others takes theirs along, however many lie between", () => {
  expect(cleaned(QUESTIONS, { know: "no", often: "rarely", why: ["shy"], adults: 2 })).toEqual({ know: "no", adults: 2 });
  expect(cleaned(QUESTIONS, { know: "yes", often: "rarely", why: [], adults: null })).toEqual({ know: "yes", often: "rarely" });
});

describe("an answer", () => {
  const [know, , why, adults] = QUESTIONS as [Question, Question, Question, Question];
  test("may be left out unless it is required", () => {
    expect([wrongWith(know, undefined), wrongWith(why, []), wrongWith(adults, null)]).toEqual(["required", null, null]);
  });
  test("of a number lies within its ends", () => {
    expect([0, 1, 12, 13].map((n) => wrongWith(adults, n))).toEqual(["number", null, null, "number"]);
    expect(["2.5", "two", " 7 ", "", "007"].map((text) => wrongWith(adults, numberFrom(text)))).toEqual(["number", "number", null, null, null]);
  });
  test("is one of the choices", () => {
    expect([wrongWith(know, "perhaps"), wrongWith(why, ["shy", "gone"])]).toEqual(["choice", "choice"]);
  });
});

test("what is saved is looked through once more: the first question still open is shown", () => {
  expect(firstOpen(QUESTIONS, { know: "yes" })).toBe("q:often");
  expect(firstOpen(QUESTIONS, { know: "no" })).toBe(SPOKE);
});
