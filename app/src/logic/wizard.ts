/** The new referral, one question a page: which pages, in which order, what is wrong with an answer, and what it makes. */

import type { ConsentDoc, Draft as NewDoc, PersonDoc, ReferralDoc } from "@generated/contract.ts";
import { dayFrom } from "../words/dates.ts";
import { readPostcode, type Place } from "./postcode.ts";

export interface Answers {
  readonly who: "" | "new" | "existing";
  readonly person_id: string;
  readonly given_name: string;
  readonly family_name: string;
  readonly birth: { readonly day: string; readonly month: string; readonly year: string };
  /** What was said to "do you already support them": an id, or "new". */
  readonly alike: string;
  readonly phone: string;
  readonly postcode: string;
  /** Where the postcode is; null while it is not known. */
  readonly place: Place | null;
  readonly what_matters: string;
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
  readonly referrer: "" | "self" | "organisation";
  readonly referrer_organisation_id: string;
  readonly referrer_name: string;
  readonly urgency: string;
  readonly consent: "" | "yes" | "no";
  readonly share: string;
  readonly improve: "" | "yes" | "no";
}

export const START: Answers = {
  who: "", person_id: "", given_name: "", family_name: "", birth: { day: "", month: "", year: "" }, alike: "", phone: "",
  postcode: "", place: null, what_matters: "", needs: [], main_need: "", travel: "", max_km: "", availability: [],
  access_needs: [], languages: ["en"], budget: "", group_preference: "any", online_ok: "", audience: "anyone", referrer: "",
  referrer_organisation_id: "", referrer_name: "", urgency: "routine", consent: "", share: "", improve: "",
};

export type Step =
  | "who" | "name" | "alike" | "home" | "matters" | "needs" | "main" | "travel" | "times" | "access" | "kind" | "referrer" | "consent" | "check";

/** What the pages depend on beside the answers. */
export interface Known {
  /** Somebody on this phone is like the new person. */
  readonly hasAlike: boolean;
  /** The existing person has agreed to a record already. */
  readonly hasConsent: boolean;
}

/** The pages for these answers, in order. Of somebody known only what is new is asked; the rest can be changed at the end. */
export function stepsFor(answers: Answers, known: Known): Step[] {
  const steps: Step[] = ["who"];
  if (answers.who !== "existing") steps.push("name");
  if (answers.who !== "existing" && known.hasAlike) steps.push("alike");
  if (answers.who !== "existing") steps.push("home", "matters");
  steps.push("needs");
  if (answers.needs.length > 1) steps.push("main");
  if (answers.who !== "existing") steps.push("travel", "times", "access");
  steps.push("kind", "referrer");
  if (answers.who !== "existing" || !known.hasConsent) steps.push("consent");
  steps.push("check");
  return steps;
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
  who: ({ who, person_id }) => {
    if (!who) return { who: "Choose who this referral is for" };
    return who === "existing" && !person_id ? { person: "Choose a person" } : {};
  },
  name: (answers) => ({
    ...(answers.given_name.trim() ? {} : { given_name: "Enter a first name" }),
    ...(answers.family_name.trim() ? {} : { family_name: "Enter a last name" }),
    ...birthWrong(answers),
  }),
  alike: ({ alike }) => (alike ? {} : { alike: "Choose one, or say that this is someone new" }),
  home: ({ postcode }) => (postcode.trim() && !readPostcode(postcode) ? { postcode: "Enter a full postcode, such as CM1 1AB" } : {}),
  needs: ({ needs }) => (needs.length > 0 ? {} : { needs: "Choose at least one" }),
  main: ({ main_need, needs }) => (needs.includes(main_need) ? {} : { main_need: "Choose the one that matters most" }),
  travel: ({ travel }) => (travel ? {} : { travel: "Choose how they get about" }),
  kind: ({ budget }) => (budget ? {} : { budget: "Choose what they can pay" }),
  referrer: ({ referrer }) => (referrer ? {} : { referrer: "Choose who asked" }),
  consent: ({ consent, share }) => ({
    ...(consent === "yes" ? {} : { consent: "They must agree to a record before you can save this" }),
    ...(share ? {} : { share: "Choose what may be shared" }),
  }),
};

function birthWrong({ birth }: Answers): Wrong {
  const typed = birth.day || birth.month || birth.year;
  return typed && dayFrom(birth.day, birth.month, birth.year) === null ? { birth: "Enter a real date of birth, or leave it empty" } : {};
}

export function birthOf({ birth }: Pick<Answers, "birth">): string | null {
  return dayFrom(birth.day, birth.month, birth.year);
}

type PersonPart = Pick<PersonDoc, "what_matters" | "travel" | "max_km" | "availability" | "access_needs" | "languages" | "group_preference" | "online_ok" | "audience">;

/** What the answers say of a person whom the phone may know already. */
export function personPart(answers: Answers): PersonPart {
  return {
    what_matters: answers.what_matters.trim() || null,
    travel: (answers.travel || null) as PersonDoc["travel"],
    max_km: answers.max_km === "" ? null : Number(answers.max_km),
    availability: [...answers.availability] as PersonDoc["availability"],
    access_needs: [...answers.access_needs] as PersonDoc["access_needs"],
    languages: [...answers.languages] as PersonDoc["languages"],
    group_preference: answers.group_preference as PersonDoc["group_preference"],
    online_ok: answers.online_ok === "yes",
    audience: answers.audience as PersonDoc["audience"],
  };
}

export function newPerson(answers: Answers, teamId: string): NewDoc<"person"> {
  const postcode = readPostcode(answers.postcode);
  return {
    team_id: teamId,
    given_name: answers.given_name.trim(),
    family_name: answers.family_name.trim(),
    birth_on: birthOf(answers),
    phone: answers.phone.trim() || null,
    ...(answers.place ?? (postcode ? { postcode: postcode.text } : {})),
    ...personPart(answers),
  };
}

export function newReferral(answers: Answers, personId: string, teamId: string, today: string): NewDoc<"referral"> {
  const needs = [...answers.needs] as ReferralDoc["needs"];
  return {
    person_id: personId,
    team_id: teamId,
    needs,
    main_need: (needs.length === 1 ? needs[0] : answers.main_need || null) as ReferralDoc["main_need"],
    budget_pence: answers.budget === "any" ? null : Number(answers.budget),
    urgency: answers.urgency as ReferralDoc["urgency"],
    received_on: today,
    referrer_organisation_id: answers.referrer === "organisation" ? answers.referrer_organisation_id || null : null,
    referrer_name: answers.referrer === "organisation" ? answers.referrer_name.trim() || null : null,
  };
}

export function newConsent(answers: Answers, personId: string, teamId: string, today: string): NewDoc<"consent"> {
  return {
    person_id: personId,
    team_id: teamId,
    keep_record: answers.consent === "yes",
    share_with_providers: answers.share as ConsentDoc["share_with_providers"],
    use_for_improvement: answers.improve === "yes",
    given_on: today,
  };
}

/** The answers that a known person's record gives already. */
export function answersFrom(id: string, person: PersonDoc): Partial<Answers> {
  return {
    who: "existing", person_id: id, what_matters: person.what_matters ?? "", travel: person.travel ?? "",
    max_km: person.max_km === null ? "" : String(person.max_km), availability: person.availability,
    access_needs: person.access_needs, languages: person.languages, group_preference: person.group_preference,
    online_ok: person.online_ok ? "yes" : "no", audience: person.audience, given_name: person.given_name, family_name: person.family_name,
  };
}
