/** The questions of a new referral, one a page. */

import { useEffect, useState } from "preact/hooks";
import { label, VOCABULARIES } from "@generated/contract.ts";
import { caseload, found, nameOf } from "../data/caseload.ts";
import type { Item } from "../data/live.ts";
import { findPlace } from "../data/places.ts";
import type { Likeness } from "../logic/likeness.ts";
import { readPostcode } from "../logic/postcode.ts";
import { answersFrom, type Answers, START, type Step } from "../logic/wizard.ts";
import { useAccount, useList, useReach } from "../ui/context.ts";
import { Checkboxes, DateField, type Errors, optionsOf, Radios, SlotTable, TextArea, TextField } from "../ui/fields.tsx";
import { dateWords } from "../words/dates.ts";
import { AUDIENCE_WORDS, SHARE_WORDS } from "../words/status.ts";
import { distancesWith } from "./person-edit.tsx";

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

export function Question({ step, answers, set, errors, people, likenesses }: AllProps) {
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
