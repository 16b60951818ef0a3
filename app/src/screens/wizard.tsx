/** New referral: one question a page, saved on the phone as it is typed, and taken up again where it was left. */

import { useEffect, useRef, useState } from "preact/hooks";
import { label, VOCABULARIES } from "@generated/contract.ts";
import { at, go, goInstead } from "../router.ts";
import { caseload, found, nameOf } from "../data/caseload.ts";
import { deleteDraft, saveDraft } from "../data/kith.ts";
import type { Item } from "../data/live.ts";
import { findPlace } from "../data/places.ts";
import { create, patch } from "../data/write.ts";
import { alike, type Likeness } from "../logic/likeness.ts";
import { readPostcode } from "../logic/postcode.ts";
import {
  after, answersFrom, type Answers, before, birthOf, firstUnanswered, type Known, newConsent, newPerson, newReferral, personPart, START, type Step, wrongWith,
} from "../logic/wizard.ts";
import { today, useAccount, useList, useReach } from "../ui/context.ts";
import {
  Checkboxes, DateField, type Errors, ErrorSummary, Form, optionsOf, Radios, SlotTable, TextArea, TextField,
} from "../ui/fields.tsx";
import { Page } from "../ui/page.tsx";
import { Button, Facts, Notice } from "../ui/parts.tsx";
import { dateWords } from "../words/dates.ts";
import { listWords } from "../words/plain.ts";
import { AUDIENCE_WORDS, SHARE_WORDS } from "../words/status.ts";
import { changesOf, distancesWith } from "./person-edit.tsx";
import { referralFacts } from "./referral.tsx";
import { slotsWords, travelWords } from "./person.tsx";

/** Begin: an id for the draft, then its first page. Nothing is kept until something is answered. */
export default function NewReferral({ personId }: { readonly personId: string | null }) {
  const { kith } = useReach();
  useEffect(() => {
    const id = crypto.randomUUID();
    void (async () => {
      if (personId !== null) {
        const person = (await kith.client.read("person", personId))?.doc;
        if (person) await saveDraft(kith, { id, step: "needs", values: { ...START, ...answersFrom(personId, person) } });
      }
      goInstead(at("referrals", "draft", id, personId === null ? "who" : "needs"));
    })();
  }, []);
  return null;
}

const SAVE_AFTER_MS = 300;

/** The draft's answers, read once and saved as they change. */
function useAnswers(id: string, step: Step) {
  const { kith } = useReach();
  const [answers, setAnswers] = useState<Answers | undefined>(undefined);
  const unsaved = useRef<Answers | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const flush = async (): Promise<void> => {
    clearTimeout(timer.current);
    const values = unsaved.current;
    unsaved.current = null;
    if (values) await saveDraft(kith, { id, step, values: { ...values } });
  };
  useEffect(() => {
    void kith.database.drafts.get(id).then((draft) => setAnswers({ ...START, ...(draft?.values as Partial<Answers> | undefined) }));
  }, [id]);
  useEffect(() => {
    const hidden = (): void => void flush();
    document.addEventListener("visibilitychange", hidden);
    return () => {
      document.removeEventListener("visibilitychange", hidden);
      void flush();
    };
  }, [id, step]);
  const set = (change: Partial<Answers>): void => {
    const next = { ...(unsaved.current ?? answers ?? START), ...change };
    unsaved.current = next;
    setAnswers(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), SAVE_AFTER_MS);
  };
  const forget = async (): Promise<void> => {
    clearTimeout(timer.current);
    unsaved.current = null;
    await deleteDraft(kith, id);
  };
  return { answers, set, flush, forget };
}

const TITLES: { readonly [S in Step]: string } = {
  who: "Who is this referral for?",
  name: "What is their name?",
  alike: "Do you already support this person?",
  home: "How do we reach them?",
  matters: "What matters to them?",
  needs: "What would help?",
  main: "Which matters most?",
  travel: "How do they get about?",
  times: "When can they go?",
  access: "What do they need to take part?",
  kind: "What would suit them?",
  referrer: "Who asked for this?",
  consent: "What have they agreed to?",
  check: "Check your answers",
};

export function Wizard({ id, step }: { readonly id: string; readonly step: string }) {
  const now = (step in TITLES ? step : "who") as Step;
  const { answers, set, flush, forget } = useAnswers(id, now);
  const people = useList("person");
  const consents = useList("consent");
  const [errors, setErrors] = useState<Errors>({});
  useEffect(() => setErrors({}), [now]);
  if (!answers) return null;

  const likenesses = answers.who === "new" ? alike({ ...answers, birth_on: birthOf(answers) }, people.map(namedOf)) : [];
  const known: Known = { hasAlike: likenesses.length > 0, hasConsent: consents.some((one) => one.doc.person_id === answers.person_id && one.doc.keep_record) };
  const isChange = new URLSearchParams(location.hash.split("?")[1]).has("change");
  const place = (to: Step, change = false): string => `${at("referrals", "draft", id, to)}${change ? "?change" : ""}`;
  const previous = isChange ? "check" : before(now, answers, known);

  const next = (): void => {
    const wrong = wrongWith(now, answers);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    const chosen = now === "alike" && answers.alike !== "new" ? people.find((one) => one.id === answers.alike) : undefined;
    const filled = chosen ? { ...answers, ...answersFrom(chosen.id, chosen.doc) } : answers;
    if (chosen) set(filled);
    const to = isChange ? firstUnanswered(filled, known) : after(now, filled, known);
    void flush().then(() => go(place(to)));
  };

  const shared = { answers, set, errors };
  return (
    <Page
      title={TITLES[now]} caption="New referral" back={previous ? place(previous) : at()} backText={previous ? "Back" : "Home"}
      failed={Object.keys(errors).length > 0}
    >
      <ErrorSummary errors={errors} />
      {now === "check" ? (
        <Check answers={answers} known={known} place={place} forget={forget} />
      ) : (
        <Form onSubmit={next}>
          <Question step={now} {...shared} people={people} likenesses={likenesses} />
          <Button type="submit">Continue</Button>
        </Form>
      )}
      <p class="kith-quiet">Your answers are saved on this phone as you go. You can leave and come back.</p>
    </Page>
  );
}

function namedOf(person: Item<"person">) {
  return { id: person.id, given_name: person.doc.given_name, family_name: person.doc.family_name, birth_on: person.doc.birth_on };
}

interface QuestionProps {
  readonly answers: Answers;
  readonly set: (change: Partial<Answers>) => void;
  readonly errors: Errors;
}

interface AllProps extends QuestionProps {
  readonly step: Step;
  readonly people: readonly Item<"person">[];
  readonly likenesses: readonly Likeness[];
}

const BUDGETS = [
  { value: "0", label: "Nothing: it must be free" },
  { value: "200", label: "Up to £2 a session" },
  { value: "500", label: "Up to £5 a session" },
  { value: "1000", label: "Up to £10 a session" },
  { value: "any", label: "Any amount" },
];

function Question({ step, answers, set, errors, people, likenesses }: AllProps) {
  const props = { answers, set, errors };
  switch (step) {
    case "who":
      return <Who {...props} people={people} />;
    case "name":
      return (
        <>
          <TextField id="given_name" label="First name" value={answers.given_name} onChange={(given_name) => set({ given_name, alike: "" })} error={errors["given_name"]} maxLength={80} />
          <TextField id="family_name" label="Last name" value={answers.family_name} onChange={(family_name) => set({ family_name, alike: "" })} error={errors["family_name"]} maxLength={80} />
          <DateField id="birth" label="Date of birth" hint="For example, 27 3 1952. Leave it empty if you do not know." value={answers.birth} onChange={(birth) => set({ birth, alike: "" })} error={errors["birth"]} />
        </>
      );
    case "alike":
      return <Alike {...props} people={people} likenesses={likenesses} />;
    case "home":
      return <Home {...props} />;
    case "matters":
      return <TextArea id="what_matters" label="In their own words" hint="What do they enjoy, miss or hope for? You can leave this empty." value={answers.what_matters} onChange={(what_matters) => set({ what_matters })} />;
    case "needs":
      return <Checkboxes id="needs" label="Needs" hint="Choose all that fit." options={optionsOf(VOCABULARIES.need)} values={answers.needs} onChange={(needs) => set({ needs })} error={errors["needs"]} />;
    case "main":
      return <Radios id="main_need" label="The most important need" options={answers.needs.map((need) => ({ value: need, label: label("need", need) }))} value={answers.main_need} onChange={(main_need) => set({ main_need })} error={errors["main_need"]} />;
    case "travel":
      return (
        <>
          <Radios id="travel" label="How they get about" options={optionsOf(VOCABULARIES.travel)} value={answers.travel} onChange={(travel) => set({ travel })} error={errors["travel"]} />
          {answers.travel !== "home" && (
            <Radios id="max_km" label="How far can they travel?" options={distancesWith(answers.max_km === "" ? null : Number(answers.max_km))} value={answers.max_km} onChange={(max_km) => set({ max_km })} />
          )}
        </>
      );
    case "times":
      return <SlotTable id="availability" label="Times that suit" hint="Leave all empty if any time suits." values={answers.availability} onChange={(availability) => set({ availability })} />;
    case "access":
      return (
        <>
          <Checkboxes id="access_needs" label="Access needs" hint="Leave all empty if there are none." options={optionsOf(VOCABULARIES.access)} values={answers.access_needs} onChange={(access_needs) => set({ access_needs })} />
          <Checkboxes id="languages" label="Languages they speak" options={optionsOf(VOCABULARIES.language)} values={answers.languages} onChange={(languages) => set({ languages })} />
        </>
      );
    case "kind":
      return (
        <>
          <Radios id="budget" label="What can they pay?" options={BUDGETS} value={answers.budget} onChange={(budget) => set({ budget })} error={errors["budget"]} />
          <Radios id="group_preference" label="What kind of group?" options={optionsOf(VOCABULARIES.group_preference)} value={answers.group_preference} onChange={(group_preference) => set({ group_preference })} />
          <Radios id="audience" label="Which groups may they join?" options={optionsOf(AUDIENCE_WORDS)} value={answers.audience} onChange={(audience) => set({ audience })} />
          <Radios id="online_ok" label="Would something online be all right?" options={[{ value: "yes", label: "Yes" }, { value: "no", label: "No" }]} value={answers.online_ok} onChange={(online_ok) => set({ online_ok })} />
        </>
      );
    case "referrer":
      return <Referrer {...props} />;
    case "consent":
      return <Consent {...props} />;
    default:
      return null;
  }
}

const MOST_FOUND = 8;

function Who({ answers, set, errors, people }: QuestionProps & { readonly people: readonly Item<"person">[] }) {
  const [typed, setTyped] = useState("");
  const lines = caseload(people, [], []);
  const shown = typed ? found(lines, typed).slice(0, MOST_FOUND) : lines.filter(({ person }) => person.id === answers.person_id);
  const options = shown.map(({ person }) => ({
    value: person.id, label: nameOf(person), hint: person.doc.birth_on ? `Born ${dateWords(person.doc.birth_on)}` : undefined,
  }));
  const pick = (id: string): void => {
    const person = people.find((one) => one.id === id);
    if (person) set(answersFrom(id, person.doc));
  };
  return (
    <>
      <Radios
        id="who" label="The person" options={[{ value: "new", label: "Someone new" }, { value: "existing", label: "Someone we already support" }]}
        value={answers.who} onChange={(who) => set(who === "new" && answers.person_id ? { ...START, who } : { who: who as Answers["who"] })} error={errors["who"]}
      />
      {answers.who === "existing" && (
        <>
          <TextField id="find" label="Search by name" type="search" value={typed} onChange={setTyped} />
          {options.length > 0 && <Radios id="person" label="Choose the person" options={options} value={answers.person_id} onChange={pick} error={errors["person"]} />}
          {options.length === 0 && <p id="person" tabIndex={-1} role="status">{typed ? "Nobody of that name is on this phone." : "Type a name to search."}</p>}
        </>
      )}
    </>
  );
}

function Alike({ answers, set, errors, people, likenesses }: QuestionProps & Pick<AllProps, "people" | "likenesses">) {
  const options = likenesses.slice(0, MOST_FOUND).flatMap((likeness) => {
    const person = people.find((one) => one.id === likeness.id);
    if (!person) return [];
    const born = person.doc.birth_on ? `, born ${dateWords(person.doc.birth_on)}` : "";
    return [{ value: person.id, label: `Yes: ${nameOf(person)}${born}`, hint: likeness.why }];
  });
  return (
    <Radios
      id="alike" label="People with a similar name or date of birth" hint="Two records of one person make it hard to help."
      options={[...options, { value: "new", label: "No, this is someone new" }]} value={answers.alike}
      onChange={(value) => set({ alike: value })} error={errors["alike"]}
    />
  );
}

function Home({ answers, set, errors }: QuestionProps) {
  const { kith } = useReach();
  const account = useAccount();
  const districts = useList("district");
  const postcode = readPostcode(answers.postcode);
  useEffect(() => {
    if (postcode === null) {
      if (answers.place !== null) set({ place: null });
      return;
    }
    void findPlace(kith, postcode, account.districts).then((place) => set({ place }));
  }, [postcode?.text]);
  const where = answers.place ? districts.find((one) => one.id === answers.place?.district)?.doc.name : undefined;
  return (
    <>
      <TextField id="phone" label="Phone number" type="tel" value={answers.phone} onChange={(phone) => set({ phone })} maxLength={40} />
      <TextField id="postcode" label="Postcode" hint="Used to find what is near. It works without a signal." width={10} value={answers.postcode} onChange={(text) => set({ postcode: text })} error={errors["postcode"]} maxLength={10} />
      <p role="status">
        {postcode && (answers.place ? `Found: ${where ?? answers.place.district}` : "This postcode is not on this phone, so distances will not be known.")}
      </p>
    </>
  );
}

function Referrer({ answers, set, errors }: QuestionProps) {
  const organisations = useList("organisation");
  const [typed, setTyped] = useState("");
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = organisations
    .filter(({ id, doc }) => (words.length > 0 ? words.every((word) => doc.name.toLowerCase().includes(word)) : id === answers.referrer_organisation_id))
    .sort((a, b) => Number(b.doc.type === "practice") - Number(a.doc.type === "practice") || a.doc.name.localeCompare(b.doc.name, "en-GB"))
    .slice(0, MOST_FOUND);
  return (
    <>
      <Radios
        id="referrer" label="It came from" options={[{ value: "self", label: "The person themselves" }, { value: "organisation", label: "A surgery or other organisation" }]}
        value={answers.referrer} onChange={(referrer) => set({ referrer: referrer as Answers["referrer"] })} error={errors["referrer"]}
      />
      {answers.referrer === "organisation" && (
        <>
          <TextField id="find" label="Search for the organisation" type="search" value={typed} onChange={setTyped} />
          {shown.length > 0 && (
            <Radios id="organisation" label="Choose the organisation" options={shown.map(({ id, doc }) => ({ value: id, label: doc.name, hint: doc.postcode ?? undefined }))} value={answers.referrer_organisation_id} onChange={(referrer_organisation_id) => set({ referrer_organisation_id })} />
          )}
          <TextField id="referrer_name" label="Name of who asked (if you know)" value={answers.referrer_name} onChange={(referrer_name) => set({ referrer_name })} maxLength={120} />
        </>
      )}
      <Radios id="urgency" label="How soon?" options={optionsOf(VOCABULARIES.urgency)} value={answers.urgency} onChange={(urgency) => set({ urgency })} />
    </>
  );
}

function Consent({ answers, set, errors }: QuestionProps) {
  return (
    <>
      <Radios
        id="consent" label="May we keep a record?" hint="Say what it is for: to find support, and to see what came of it."
        options={[{ value: "yes", label: "Yes, they agree" }, { value: "no", label: "No" }]}
        value={answers.consent} onChange={(consent) => set({ consent: consent as Answers["consent"] })} error={errors["consent"]}
      />
      <Radios id="share" label="What may we tell those who offer support?" options={optionsOf(SHARE_WORDS)} value={answers.share} onChange={(share) => set({ share })} error={errors["share"]} />
      <Radios
        id="improve" label="May we use it, without their name, to improve Kith?" options={[{ value: "yes", label: "Yes" }, { value: "no", label: "No" }]}
        value={answers.improve} onChange={(improve) => set({ improve: improve as Answers["improve"] })}
      />
    </>
  );
}

interface CheckProps {
  readonly answers: Answers;
  readonly known: Known;
  readonly place: (step: Step, change?: boolean) => string;
  readonly forget: () => Promise<void>;
}

function Check({ answers, known, place, forget }: CheckProps) {
  const reach = useReach();
  const account = useAccount();
  const people = useList("person");
  const organisations = useList("organisation");
  const [saving, setSaving] = useState(false);
  const missing = firstUnanswered(answers, known);
  const person = people.find((one) => one.id === answers.person_id);
  const teamId = person?.doc.team_id ?? account.team_ids[0];
  const part = personPart(answers);
  const referral = newReferral(answers, "", teamId ?? "", today());
  const change = (step: Step): string => place(step, true);
  const referralRows = referralFacts({ ...referral, reason: null, comment: null, status: "received" } as Parameters<typeof referralFacts>[0], organisations.find((one) => one.id === referral.referrer_organisation_id)?.doc.name);
  const row = (name: string): string => String(referralRows.find((fact) => fact.name === name)?.value ?? "");

  const save = async (): Promise<void> => {
    if (saving || missing !== "check" || teamId === undefined) return;
    setSaving(true);
    const made: string[] = [];
    const personId = person ? person.id : await create(reach, "person", newPerson(answers, teamId));
    if (person) await patch(reach, "person", personId, changesOf(pick(person.doc, part), part));
    else made.push(personId);
    if (!known.hasConsent || !person) made.push(await create(reach, "consent", newConsent(answers, personId, teamId, today())));
    const id = await create(reach, "referral", newReferral(answers, personId, teamId, today()));
    made.push(id);
    await forget();
    const mids = (await Promise.all(made.map(reach.midsOf))).flat().reverse();
    reach.say("Referral saved", mids);
    goInstead(at("referrals", id, "shortlist"));
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
      {missing === "check" && teamId !== undefined && <Button onClick={() => void save()}>Save and see the shortlist</Button>}
      <Button look="secondary" onClick={() => void forget().then(() => go(at()))}>
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
