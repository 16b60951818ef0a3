/** The new referral, one question a page: which pages, in which order, and what is wrong with an answer. */

import { signedWords } from "../words/consent.ts";
import { t } from "../words/t.ts";
import { dateFrom } from "./birth.ts";
import { contactWrong } from "./contact.ts";
import { nameParts } from "./names.ts";
import { readPostcode, type Place } from "./postcode.ts";
import { type Signature, signs, stillUnder, UNSIGNED } from "./signature.ts";

export interface Answers {
  /** Somebody whom this phone knows; empty for somebody new. */
  readonly person_id: string;
  /** First and last name, as typed. */
  readonly name: string;
  /** Both names as two answers, where the phone's guess at them was put right; else empty. */
  readonly given_name: string;
  readonly family_name: string;
  /** As typed: "27/3/1952". */
  readonly birth: string;
  /** What was said to "do you already support them": an id, or "new". */
  readonly alike: string;
  readonly phone: string;
  readonly postcode: string;
  /** Where the postcode is; null while it is not known. */
  readonly place: Place | null;
  readonly what_matters: string;
  /** In the order of choosing: the first is the main one until another is named. */
  readonly needs: readonly string[];
  readonly main_need: string;
  readonly travel: string;
  readonly max_km: string;
  readonly availability: readonly string[];
  readonly access_needs: readonly string[];
  readonly languages: readonly string[];
  readonly budget: string;
  readonly group_preference: string;
  readonly online_ok: string;
  readonly audience: string;
  readonly referrer: "self" | "organisation";
  readonly referrer_organisation_id: string;
  readonly referrer_name: string;
  readonly urgency: string;
  readonly keep_record: boolean;
  readonly share: "nothing" | "codes_only" | "name_and_needs";
  readonly improve: boolean;
  readonly method: "spoken" | "signed" | "online";
  readonly signature: Signature;
  /** How the referral came about; empty for one that begins here. */
  readonly source: string;
}

export const START: Answers = {
  person_id: "", name: "", given_name: "", family_name: "", birth: "", alike: "", phone: "", postcode: "", place: null, what_matters: "",
  needs: [], main_need: "", travel: "", max_km: "", availability: [], access_needs: [], languages: ["en"], budget: "", group_preference: "any",
  online_ok: "no", audience: "anyone", referrer: "self", referrer_organisation_id: "", referrer_name: "", urgency: "routine",
  keep_record: false, share: "nothing", improve: false, method: "spoken", signature: UNSIGNED, source: "",
};

/** Pages on the way, and those that are reached from the end alone: their answers are as they mostly are, and said there. */
const STEPS = [
  "name", "birth", "alike", "home", "matters", "needs", "travel", "budget", "consent", "signature", "check",
  "times", "access", "group", "referrer",
] as const;
export type Step = (typeof STEPS)[number];

export function isStep(text: string): text is Step {
  return (STEPS as readonly string[]).includes(text);
}

/** What the pages depend on beside the answers. */
export interface Known {
  /** Somebody on this phone is like the new person. */
  readonly hasAlike: boolean;
  /** The person has agreed to a record already. */
  readonly hasConsent: boolean;
}

/** The pages for these answers, in order. Of somebody known only what is new is asked; the rest can be changed at the end. */
export function stepsFor(answers: Answers, known: Known): Step[] {
  const isNew = answers.person_id === "";
  const asksConsent = isNew || !known.hasConsent;
  return [
    "name",
    ...(isNew ? (["birth"] as const) : []),
    ...(isNew && known.hasAlike ? (["alike"] as const) : []),
    ...(isNew ? (["home", "matters"] as const) : []),
    "needs",
    ...(isNew ? (["travel"] as const) : []),
    "budget",
    ...(asksConsent ? (["consent"] as const) : []),
    ...(asksConsent && answers.method === "signed" ? (["signature"] as const) : []),
    "check",
  ];
}

/** The page after this one; a page that is not on the way (a change from the end) leads back to the end. */
export function after(step: Step, answers: Answers, known: Known): Step {
  const steps = stepsFor(answers, known);
  const place = steps.indexOf(step);
  return place < 0 ? "check" : (steps[place + 1] ?? "check");
}

export function before(step: Step, answers: Answers, known: Known): Step | null {
  const steps = stepsFor(answers, known);
  const place = steps.indexOf(step);
  return place < 0 ? "check" : (steps[place - 1] ?? null);
}

/** The first page whose answer is missing or wrong; `check` when all is well. */
export function firstUnanswered(answers: Answers, known: Known): Step {
  return stepsFor(answers, known).find((step) => step !== "check" && Object.keys(wrongWith(step, answers)).length > 0) ?? "check";
}

export type Wrong = { readonly [field: string]: string };

/** What must be put right on a page: field → sentence. */
export function wrongWith(step: Step, answers: Answers): Wrong {
  return CHECKS[step]?.(answers) ?? {};
}

const CHECKS: { readonly [S in Step]?: (answers: Answers) => Wrong } = {
  name: nameWrong,
  birth: ({ birth }) => (birth.trim() && dateFrom(birth) === null ? { birth: t("referral.wrong.birth") } : {}),
  alike: ({ alike }) => (alike ? {} : { alike: t("referral.wrong.alike") }),
  home: ({ phone, postcode }) => ({ ...(postcode.trim() && !readPostcode(postcode) ? { postcode: t("referral.wrong.postcode") } : {}), ...contactWrong({ phone }) }),
  needs: ({ needs }) => (needs.length > 0 ? {} : { needs: t("referral.wrong.needs") }),
  travel: ({ travel }) => (travel ? {} : { travel: t("referral.wrong.travel") }),
  budget: ({ budget }) => (budget ? {} : { budget: t("referral.wrong.budget") }),
  consent: ({ keep_record }) => (keep_record ? {} : { consent: t("referral.wrong.consent") }),
  signature: (answers) => (signs(answers.signature, signedUnder(answers)) ? {} : { signature: t("referral.wrong.signature") }),
};

/** The words that stand above the signature. */
export function signedUnder(answers: Answers): string {
  return signedWords(fullName(answers), answers);
}

/** The answers, without a signature that was given under others. */
export function withoutOutdated(answers: Answers): Answers {
  return { ...answers, signature: stillUnder(answers.signature, signedUnder(answers)) };
}

function nameWrong(answers: Answers): Wrong {
  if (answers.person_id) return {};
  const { given_name, family_name } = namesOf(answers);
  if (isPutRight(answers)) {
    return {
      ...(given_name ? {} : { given_name: t("referral.wrong.given_name") }),
      ...(family_name ? {} : { family_name: t("referral.wrong.family_name") }),
    };
  }
  return given_name && family_name ? {} : { name: t(given_name ? "referral.wrong.family_name" : "referral.wrong.name") };
}

/** Are both names given as two answers? */
export function isPutRight({ given_name, family_name }: Pick<Answers, "given_name" | "family_name">): boolean {
  return given_name !== "" || family_name !== "";
}

/** First and last name, of what was typed in one or in two. */
export function namesOf(answers: Pick<Answers, "name" | "given_name" | "family_name">): { given_name: string; family_name: string } {
  if (isPutRight(answers)) return { given_name: answers.given_name.trim(), family_name: answers.family_name.trim() };
  return nameParts(answers.name);
}

/** Both names as one; empty while there is none. */
export function fullName(answers: Pick<Answers, "name" | "given_name" | "family_name">): string {
  const { given_name, family_name } = namesOf(answers);
  return `${given_name} ${family_name}`.trim();
}
