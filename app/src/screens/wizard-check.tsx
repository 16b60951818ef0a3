/** The end of a new referral: check the answers, change any, save them all at once. */

import { label } from "@generated/contract.ts";
import { at, go, goInstead, goPast } from "../router.ts";
import { saveDraft } from "../data/kith.ts";
import { create, patch } from "../data/write.ts";
import { readPostcode } from "../logic/postcode.ts";
import { type Answers, birthOf, firstUnanswered, type Known, newConsent, newPerson, newReferral, personPart, type Step } from "../logic/wizard.ts";
import { today, useAccount, useList, useOnce, useReach } from "../ui/context.ts";
import { Button, Facts, Notice } from "../ui/parts.tsx";
import { dateWords } from "../words/dates.ts";
import { listWords } from "../words/plain.ts";
import { AUDIENCE_WORDS, SHARE_WORDS } from "../words/status.ts";
import { TITLES } from "../words/steps.ts";
import { changesOf } from "./person-edit.tsx";
import { slotsWords } from "../words/candidate.ts";
import { travelWords } from "./person.tsx";
import { referralFacts } from "./referral.tsx";

interface CheckProps {
  /** Of the draft. */
  readonly id: string;
  readonly answers: Answers;
  readonly known: Known;
  readonly place: (step: Step, change?: boolean) => string;
  readonly forget: () => Promise<void>;
}

export function Check({ id: draft, answers, known, place, forget }: CheckProps) {
  const reach = useReach();
  const account = useAccount();
  const people = useList("person");
  const organisations = useList("organisation");
  const once = useOnce();
  const missing = firstUnanswered(answers, known);
  const person = people.find((one) => one.id === answers.person_id);
  const teamId = person?.doc.team_id ?? account.team_ids[0];
  const part = personPart(answers);
  const referral = newReferral(answers, "", teamId ?? "", today());
  const change = (step: Step): string => place(step, true);
  const referralRows = referralFacts({ ...referral, reason: null, comment: null, status: "received" } as Parameters<typeof referralFacts>[0], organisations.find((one) => one.id === referral.referrer_organisation_id)?.doc.name);
  const row = (name: string): string => String(referralRows.find((fact) => fact.name === name)?.value ?? "");

  const save = async (): Promise<boolean> => {
    if (missing !== "check" || teamId === undefined) return false;
    const made: string[] = [];
    const personId = person ? person.id : await create(reach, "person", newPerson(answers, teamId));
    if (person) await patch(reach, "person", personId, changesOf(pick(person.doc, part), part));
    else made.push(personId);
    if (!known.hasConsent || !person) made.push(await create(reach, "consent", newConsent(answers, personId, teamId, today())));
    const id = await create(reach, "referral", newReferral(answers, personId, teamId, today()));
    made.push(id);
    await forget();
    const mids = (await Promise.all(made.map(reach.midsOf))).flat().reverse();
    reach.say("Referral saved", mids, async () => {
      await saveDraft(reach.kith, { id: draft, step: "check", values: { ...answers } });
      // The page of a referral that is no more is no page to go back to.
      (location.hash.startsWith(at("referrals", id)) ? goInstead : go)(place("check"));
    });
    goPast(at("referrals", "draft", draft), at("referrals", id, "shortlist"));
    return true;
  };

  const isNew = answers.who !== "existing";
  return (
    <>
      {missing !== "check" && (
        <Notice attention>
          <p>
            Something is still missing. <a href={change(missing)}>{TITLES[missing]}</a>
          </p>
        </Notice>
      )}
      {teamId === undefined && (
        <Notice attention>
          <p>Your account belongs to no team, so there is no caseload to save this in. Ask whoever looks after Kith for you.</p>
        </Notice>
      )}
      <Facts
        facts={[
          { name: "Person", value: `${answers.given_name} ${answers.family_name}`.trim() || "No name yet", href: change(isNew ? "name" : "who") },
          ...(isNew ? [{ name: "Date of birth", value: birthOf(answers) ? dateWords(birthOf(answers) ?? "") : "Not known", href: change("name") }] : []),
          ...(isNew ? [{ name: "Phone", value: answers.phone || "Not known", href: change("home") }] : []),
          ...(isNew ? [{ name: "Postcode", value: readPostcode(answers.postcode)?.text ?? "Not known", href: change("home") }] : []),
          { name: "What matters", value: part.what_matters ?? "Nothing written", href: change("matters") },
          { name: "Needs", value: row("Needs"), href: change("needs") },
          ...(answers.needs.length > 1 ? [{ name: "Most of all", value: row("Most of all"), href: change("main") }] : []),
          { name: "Gets about", value: travelWords(part), href: change("travel") },
          { name: "Can go", value: part.availability.length === 0 ? "Any time" : slotsWords(part.availability), href: change("times") },
          { name: "Access needs", value: listWords(part.access_needs.map((code) => label("access", code))) || "None", href: change("access") },
          { name: "Languages", value: listWords(part.languages.map((code) => label("language", code))) || "Not known", href: change("access") },
          { name: "Can pay", value: answers.budget ? row("Can pay") : "Not answered", href: change("kind") },
          { name: "Group", value: label("group_preference", part.group_preference), href: change("kind") },
          { name: "May join", value: AUDIENCE_WORDS[part.audience] ?? part.audience, href: change("kind") },
          { name: "Online", value: part.online_ok ? "Yes" : "No", href: change("kind") },
          { name: "Who asked", value: answers.referrer === "organisation" ? row("From") || "An organisation" : "The person themselves", href: change("referrer") },
          { name: "How soon", value: label("urgency", answers.urgency), href: change("referrer") },
          ...(isNew || !known.hasConsent ? [{ name: "Consent", value: consentWords(answers), href: change("consent") }] : []),
        ]}
      />
      {missing === "check" && teamId !== undefined && <Button onClick={() => once(save)}>Save and see the shortlist</Button>}
      <Button look="secondary" onClick={() => void forget().then(() => goPast(at("referrals", "draft", draft), at()))}>
        Throw this away
      </Button>
    </>
  );
}

function pick<T extends object>(from: T, like: Partial<T>): Partial<T> {
  return Object.fromEntries(Object.keys(like).map((key) => [key, from[key as keyof T]])) as Partial<T>;
}

function consentWords({ consent, share }: Answers): string {
  return consent === "yes" ? `Agreed to a record. May share: ${(SHARE_WORDS[share] ?? "not answered").toLowerCase()}` : "Not agreed yet";
}
