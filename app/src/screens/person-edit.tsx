/** Change a person's details. Only what was really changed is sent, so that a colleague's edit of another field stands. */

import { useEffect, useState } from "preact/hooks";
import { type PersonDoc, VOCABULARIES } from "@generated/contract.ts";
import { at, go } from "../router.ts";
import { nameOf } from "../data/caseload.ts";
import type { Item } from "../data/live.ts";
import { findPlace } from "../data/places.ts";
import { patch } from "../data/write.ts";
import { homeOf, readPostcode } from "../logic/postcode.ts";
import { type Reach, useAccount, useOnce, useOne, useReach } from "../ui/context.ts";
import {
  Checkboxes, DateField, type Errors, ErrorSummary, Form, optionsOf, Radios, Select, SlotTable, TextArea, TextField, type TypedDate,
} from "../ui/fields.tsx";
import { NotHere, Page } from "../ui/page.tsx";
import { Button } from "../ui/parts.tsx";
import { dayFrom } from "../words/dates.ts";
import { AUDIENCE_WORDS } from "../words/status.ts";

const UNKNOWN = { value: "", label: "Not known" };
export const DISTANCES = [
  { value: "2", label: "Up to 2 km (about a mile)" },
  { value: "5", label: "Up to 5 km (3 miles)" },
  { value: "10", label: "Up to 10 km (6 miles)" },
  { value: "20", label: "Up to 20 km (12 miles)" },
  { value: "", label: "Any distance" },
];

/** The distances to choose from, with the present one among them even when it is unusual. */
export function distancesWith(km: number | null): typeof DISTANCES {
  if (km === null || DISTANCES.some((one) => one.value === String(km))) return DISTANCES;
  return [{ value: String(km), label: `Up to ${km} km` }, ...DISTANCES];
}

/** from : the referral whose shortlist asked for it, which is shown again afterwards. */
export default function PersonEdit({ id, from = null }: { readonly id: string; readonly from?: string | null }) {
  const person = useOne("person", id);
  if (person === undefined) return null;
  return person === null ? <NotHere what="person" back={at("people")} /> : <Editor person={person} back={from ? at("referrals", from, "shortlist") : at("people", id)} />;
}

function Editor({ person, back }: { readonly person: Item<"person">; readonly back: string }) {
  const reach = useReach();
  const account = useAccount();
  const [doc, setDoc] = useState<PersonDoc>(person.doc);
  const [start] = useState<PersonDoc>(person.doc);
  const [birth, setBirth] = useState<TypedDate>(() => typedDate(person.doc.birth_on));
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const set = (change: Partial<PersonDoc>): void => setDoc((before) => ({ ...before, ...change }));
  useEffect(() => setErrors({}), [person.id]);

  const save = async (): Promise<boolean> => {
    const found = await check(reach, doc, birth, account.districts, start.postcode);
    setErrors(found.errors);
    if (Object.keys(found.errors).length > 0) return false;
    const mids = await patch(reach, "person", person.id, changesOf(start, found.doc));
    reach.say(mids.length > 0 ? "Details saved" : "Nothing was changed", mids);
    go(back);
    return true;
  };

  return (
    <Page title="Change details" caption={nameOf(person)} back={back} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <TextField id="given_name" label="First name" value={doc.given_name} onChange={(given_name) => set({ given_name })} error={errors["given_name"]} />
        <TextField id="family_name" label="Last name" value={doc.family_name} onChange={(family_name) => set({ family_name })} error={errors["family_name"]} />
        <DateField id="birth_on" label="Date of birth" hint="For example, 27 3 1952. Leave it empty if you do not know." value={birth} onChange={setBirth} error={errors["birth_on"]} />
        <TextField id="phone" label="Phone number" type="tel" value={doc.phone ?? ""} onChange={(phone) => set({ phone })} maxLength={40} />
        <TextField id="email" label="E-mail" type="email" value={doc.email ?? ""} onChange={(email) => set({ email })} />
        <Select id="channel" label="Best way to reach them" options={[UNKNOWN, ...optionsOf(VOCABULARIES.channel)]} value={doc.channel ?? ""} onChange={(channel) => set({ channel: (channel || null) as PersonDoc["channel"] })} />
        <TextField id="address" label="Address" value={doc.address ?? ""} onChange={(address) => set({ address })} maxLength={300} />
        <TextField id="postcode" label="Postcode" width={10} value={doc.postcode ?? ""} onChange={(postcode) => set({ postcode })} error={errors["postcode"]} maxLength={10} />
        <TextArea id="what_matters" label="What matters to them" value={doc.what_matters ?? ""} onChange={(what_matters) => set({ what_matters })} />
        <Radios id="travel" label="How they get about" options={optionsOf(VOCABULARIES.travel)} value={doc.travel ?? ""} onChange={(travel) => set({ travel: travel as PersonDoc["travel"] })} />
        <Radios id="max_km" label="How far they can travel" options={distancesWith(start.max_km)} value={doc.max_km === null ? "" : String(doc.max_km)} onChange={(km) => set({ max_km: km === "" ? null : Number(km) })} />
        <SlotTable id="availability" label="When they can go" hint="Leave all empty if any time suits." values={doc.availability} onChange={(slots) => set({ availability: slots as PersonDoc["availability"] })} />
        <Checkboxes id="access_needs" label="What they need to take part" options={optionsOf(VOCABULARIES.access)} values={doc.access_needs} onChange={(codes) => set({ access_needs: codes as PersonDoc["access_needs"] })} />
        <Checkboxes id="languages" label="Languages they speak" options={optionsOf(VOCABULARIES.language)} values={doc.languages} onChange={(codes) => set({ languages: codes as PersonDoc["languages"] })} />
        <Radios id="group_preference" label="Kind of group" options={optionsOf(VOCABULARIES.group_preference)} value={doc.group_preference} onChange={(code) => set({ group_preference: code as PersonDoc["group_preference"] })} />
        <Radios id="audience" label="Groups they may join" options={optionsOf(AUDIENCE_WORDS)} value={doc.audience} onChange={(code) => set({ audience: code as PersonDoc["audience"] })} />
        <Radios id="online_ok" label="Something online" options={[{ value: "yes", label: "Is all right" }, { value: "no", label: "Is not for them" }]} value={doc.online_ok ? "yes" : "no"} onChange={(code) => set({ online_ok: code === "yes" })} />
        <Checkboxes
          id="do_not_contact" label="Contact" options={[{ value: "yes", label: "Do not contact this person" }]}
          values={doc.do_not_contact ? ["yes"] : []} onChange={(values) => set({ do_not_contact: values.length > 0 })}
        />
        <Button type="submit">Save changes</Button>
      </Form>
    </Page>
  );
}

export function typedDate(day: string | null): TypedDate {
  const [year = "", month = "", date = ""] = day?.split("-") ?? [];
  return { day: date.replace(/^0/, ""), month: month.replace(/^0/, ""), year };
}

/** The fields whose values differ; empty text counts as nothing. */
export function changesOf<T extends object>(before: T, after: T): Partial<T> {
  const changed: Partial<T> = {};
  for (const field of Object.keys(after) as (keyof T)[]) {
    const [was, is] = [before[field] === "" ? null : before[field], after[field] === "" ? null : after[field]];
    if (JSON.stringify(sorted(was)) !== JSON.stringify(sorted(is))) changed[field] = is as T[keyof T];
  }
  return changed;
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? [...(value as unknown[])].sort() : value;
}

async function check(
  reach: Reach,
  doc: PersonDoc,
  birth: TypedDate,
  districts: readonly string[],
  before: string | null,
): Promise<{ errors: Errors; doc: PersonDoc }> {
  const errors: { [field: string]: string } = {};
  if (!doc.given_name.trim()) errors["given_name"] = "Enter a first name";
  if (!doc.family_name.trim()) errors["family_name"] = "Enter a last name";
  const typed = Boolean(birth.day || birth.month || birth.year);
  const birth_on = typed ? dayFrom(birth.day, birth.month, birth.year) : null;
  if (typed && birth_on === null) errors["birth_on"] = "Enter a real date of birth";
  const postcode = readPostcode(doc.postcode ?? "");
  if (doc.postcode?.trim() && postcode === null) errors["postcode"] = "Enter a full postcode, such as CM1 1AB";
  const place = postcode ? await findPlace(reach.kith, postcode, districts) : null;
  const where = homeOf(postcode, place, before);
  return { errors, doc: { ...doc, given_name: doc.given_name.trim(), family_name: doc.family_name.trim(), birth_on, ...where } };
}
