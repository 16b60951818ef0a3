/** What the answers of a new referral make: a person, a referral, a consent. */

import type { ConsentDoc, Draft as NewDoc, PersonDoc, ReferralDoc } from "@generated/contract.ts";
import { dateFrom } from "./birth.ts";
import { readPostcode } from "./postcode.ts";
import { type Answers, namesOf } from "./wizard.ts";

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
    ...namesOf(answers),
    birth_on: dateFrom(answers.birth),
    phone: answers.phone.trim() || null,
    ...(answers.place ?? (postcode ? { postcode: postcode.text } : {})),
    ...personPart(answers),
  };
}

export function newReferral(answers: Answers, personId: string, teamId: string, today: string, consentId: string | null = null): NewDoc<"referral"> {
  const isFromOthers = answers.referrer === "organisation";
  return {
    person_id: personId,
    team_id: teamId,
    needs: [...answers.needs] as ReferralDoc["needs"],
    main_need: mainNeed(answers),
    budget_pence: answers.budget === "any" || answers.budget === "" ? null : Number(answers.budget),
    urgency: answers.urgency as ReferralDoc["urgency"],
    received_on: today,
    referrer_organisation_id: isFromOthers ? answers.referrer_organisation_id || null : null,
    referrer_name: isFromOthers ? answers.referrer_name.trim() || null : null,
    // Whoever says how it came about names the consent that it was made with.
    ...(answers.source ? { source: answers.source as ReferralDoc["source"], consent_id: consentId } : {}),
  };
}

/** The need that was named as the main one, or the first that was chosen. */
export function mainNeed({ needs, main_need }: Pick<Answers, "needs" | "main_need">): ReferralDoc["main_need"] {
  return (needs.includes(main_need) ? main_need : (needs[0] ?? null)) as ReferralDoc["main_need"];
}

export function newConsent(answers: Answers, personId: string, teamId: string, today: string): NewDoc<"consent"> {
  return {
    person_id: personId,
    team_id: teamId,
    keep_record: answers.keep_record,
    share_with_providers: answers.share as ConsentDoc["share_with_providers"],
    use_for_improvement: answers.improve,
    method: answers.method,
    given_on: today,
  };
}

/** The answers that a known person's record gives already. */
export function answersFrom(id: string, person: PersonDoc): Partial<Answers> {
  return {
    person_id: id, what_matters: person.what_matters ?? "", travel: person.travel ?? "",
    max_km: person.max_km === null ? "" : String(person.max_km), availability: person.availability,
    access_needs: person.access_needs, languages: person.languages, group_preference: person.group_preference,
    online_ok: person.online_ok ? "yes" : "no", audience: person.audience, given_name: person.given_name, family_name: person.family_name,
    name: `${person.given_name} ${person.family_name}`.trim(),
  };
}
