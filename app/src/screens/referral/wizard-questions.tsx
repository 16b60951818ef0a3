/** The questions of a new referral, one a page. */

import { useEffect, useState } from "preact/hooks";
import { nameOf } from "../../data/caseload.ts";
import type { Item } from "../../data/live.ts";
import { findPlace } from "../../data/places.ts";
import { dateFrom } from "../../logic/birth.ts";
import type { Likeness } from "../../logic/likeness.ts";
import { readPostcode } from "../../logic/postcode.ts";
import { type Answers, fullName, type Step } from "../../logic/wizard.ts";
import { today, useAccount, useList, useReach } from "../../ui/context.ts";
import { Checkboxes, type Errors, Radios, SlotTable, TextArea, TextField } from "../../ui/fields.tsx";
import { audiences, budgets, choicesOf, distances } from "../../words/choices.ts";
import { ageOn, dateWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";
import { Consent, Sign } from "./question-consent.tsx";
import { Name } from "./question-name.tsx";
import { Needs } from "./question-needs.tsx";
import { Referrer } from "./question-referrer.tsx";

export interface QuestionProps {
  readonly answers: Answers;
  readonly set: (change: Partial<Answers>) => void;
  readonly errors: Errors;
}

interface AllProps extends QuestionProps {
  readonly step: Step;
  readonly people: readonly Item<"person">[];
  readonly likenesses: readonly Likeness[];
}

export function Question({ step, people, likenesses, ...props }: AllProps) {
  const { answers, set, errors } = props;
  switch (step) {
    case "name":
      return <Name {...props} people={people} />;
    case "birth":
      return <Birth {...props} />;
    case "alike":
      return <Alike {...props} people={people} likenesses={likenesses} />;
    case "home":
      return <Home {...props} />;
    case "matters":
      return <TextArea id="what_matters" label={t("referral.matters.label")} hint={t("referral.matters.hint")} value={answers.what_matters} onChange={(what_matters) => set({ what_matters })} />;
    case "needs":
      return <Needs {...props} />;
    case "travel":
      return <Travel {...props} />;
    case "budget":
      return <Radios id="budget" label={t("referral.budget.label")} options={budgets()} value={answers.budget} onChange={(budget) => set({ budget })} error={errors["budget"]} />;
    case "times":
      return <SlotTable id="availability" label={t("referral.times.label")} hint={t("referral.times.hint")} values={answers.availability} onChange={(availability) => set({ availability })} />;
    case "access":
      return (
        <>
          <Checkboxes id="access_needs" label={t("referral.access.label")} hint={t("referral.access.hint")} options={choicesOf("access")} values={answers.access_needs} onChange={(access_needs) => set({ access_needs })} />
          <Checkboxes id="languages" label={t("referral.access.languages")} options={choicesOf("language")} values={answers.languages} onChange={(languages) => set({ languages })} />
        </>
      );
    case "group":
      return <Group {...props} />;
    case "referrer":
      return <Referrer {...props} />;
    case "consent":
      return <Consent {...props} />;
    case "signature":
      return <Sign name={fullName(answers)} agreed={answers} signature={answers.signature} onChange={(signature) => set({ signature })} error={errors["signature"]} />;
    default:
      return null;
  }
}

function Birth({ answers, set, errors }: QuestionProps) {
  const read = dateFrom(answers.birth);
  return (
    <>
      <TextField id="birth" label={t("referral.birth.label")} hint={t("referral.birth.hint")} width={10} value={answers.birth} onChange={(birth) => set({ birth, alike: "" })} error={errors["birth"]} maxLength={30} />
      <p role="status" class="kith-quiet">{read && t("referral.birth.read", { day: dateWords(read), count: ageOn(read, today()) })}</p>
    </>
  );
}

const MOST_LIKE = 8;

function Alike({ answers, set, errors, people, likenesses }: QuestionProps & Pick<AllProps, "people" | "likenesses">) {
  const options = likenesses.slice(0, MOST_LIKE).flatMap(({ id, why }) => {
    const person = people.find((one) => one.id === id);
    if (!person) return [];
    const born = person.doc.birth_on ? `, ${t("referral.name.born", { day: dateWords(person.doc.birth_on) })}` : "";
    return [{ value: id, label: t("referral.alike.yes", { name: `${nameOf(person)}${born}` }), hint: t(`referral.alike.${why}`) }];
  });
  return (
    <Radios
      id="alike" label={t("referral.alike.label")} hint={t("referral.alike.hint")} options={[...options, { value: "new", label: t("referral.alike.new") }]}
      value={answers.alike} onChange={(alike) => set({ alike })} error={errors["alike"]}
    />
  );
}

function Home({ answers, set, errors }: QuestionProps) {
  const { kith } = useReach();
  const account = useAccount();
  const districts = useList("district");
  const [looked, setLooked] = useState("");
  const postcode = readPostcode(answers.postcode);
  useEffect(() => {
    if (postcode === null) {
      if (answers.place !== null) set({ place: null });
      return;
    }
    void findPlace(kith, postcode, account.districts).then((place) => (set({ place }), setLooked(postcode.text)));
  }, [postcode?.text]);
  const place = answers.place;
  const where = place ? (districts.find((one) => one.id === place.district)?.doc.name ?? place.district) : "";
  return (
    <>
      <TextField id="postcode" label={t("referral.home.postcode")} hint={t("referral.home.postcodeHint")} width={10} value={answers.postcode} onChange={(text) => set({ postcode: text })} error={errors["postcode"]} maxLength={10} />
      <p role="status">{postcode && looked === postcode.text && (place ? t("referral.home.found", { where }) : t("referral.home.unknown"))}</p>
      <TextField id="phone" label={t("referral.home.phone")} type="tel" value={answers.phone} onChange={(phone) => set({ phone })} error={errors["phone"]} maxLength={40} />
    </>
  );
}

function Travel({ answers, set, errors }: QuestionProps) {
  return (
    <>
      <Radios id="travel" label={t("referral.travel.label")} options={choicesOf("travel")} value={answers.travel} onChange={(travel) => set({ travel })} error={errors["travel"]} />
      {answers.travel !== "home" && (
        <Radios id="max_km" label={t("referral.travel.far")} options={distances(answers.max_km === "" ? null : Number(answers.max_km))} value={answers.max_km} onChange={(max_km) => set({ max_km })} />
      )}
    </>
  );
}

function Group({ answers, set }: QuestionProps) {
  const yesNo = [{ value: "yes", label: t("referral.group.yes") }, { value: "no", label: t("referral.group.no") }];
  return (
    <>
      <Radios id="group_preference" label={t("referral.group.label")} options={choicesOf("group_preference")} value={answers.group_preference} onChange={(group_preference) => set({ group_preference })} />
      <Radios id="audience" label={t("referral.group.audience")} options={audiences()} value={answers.audience} onChange={(audience) => set({ audience })} />
      <Radios id="online_ok" label={t("referral.group.online")} options={yesNo} value={answers.online_ok} onChange={(online_ok) => set({ online_ok })} />
    </>
  );
}
