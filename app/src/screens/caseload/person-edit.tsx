/** Change a person's details. Only what was really changed is sent, so that a colleague's edit of another field stands. */

import { useEffect, useState } from "preact/hooks";
import type { PersonDoc } from "@generated/contract.ts";
import { at, go } from "../../router.ts";
import { nameOf } from "../../data/caseload.ts";
import type { Item } from "../../data/live.ts";
import { findPlace } from "../../data/places.ts";
import { patch } from "../../data/write.ts";
import { dateFrom } from "../../logic/birth.ts";
import { contactWrong } from "../../logic/contact.ts";
import { changesOf } from "../../logic/changed.ts";
import { homeOf, readPostcode } from "../../logic/postcode.ts";
import { type Reach, useAccount, useOnce, useOne, useReach, useSettled } from "../../ui/context.ts";
import {
  Checkboxes, DateField, type Errors, ErrorSummary, Form, Radios, Select, SlotTable, TextArea, TextField, type TypedDate,
} from "../../ui/fields.tsx";
import { useOpened } from "../../ui/opened.ts";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { audiences, choicesOf, distances } from "../../words/choices.ts";
import { t } from "../../words/t.ts";

export { changesOf } from "../../logic/changed.ts";
export { distances as distancesWith } from "../../words/choices.ts";

/** While records stream in, what is there must do after this. */
const WAIT_MS = 1_000;

/** from : the referral whose shortlist asked for it, which is shown again afterwards. */
export default function PersonEdit({ id, from = null }: { readonly id: string; readonly from?: string | null }) {
  const person = useOne("person", id);
  // The form keeps what it was first drawn with: not what a change that was just taken back had left.
  const isSettled = useSettled(["person"], WAIT_MS);
  if (person === undefined || !isSettled) return null;
  return person === null ? <Gone kind="person" back={at("people")} /> : <Editor person={person} back={from ? at("referrals", from, "shortlist") : at("people", id)} />;
}

function Editor({ person, back }: { readonly person: Item<"person">; readonly back: string }) {
  const reach = useReach();
  const account = useAccount();
  const seen = useOpened(person);
  const start = seen.doc;
  const [doc, setDoc] = useState<PersonDoc>(start);
  const [birth, setBirth] = useState<TypedDate>(() => typedDate(person.doc.birth_on));
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const set = (change: Partial<PersonDoc>): void => setDoc((before) => ({ ...before, ...change }));
  useEffect(() => setErrors({}), [person.id]);

  const save = async (): Promise<boolean> => {
    const found = await check(reach, doc, birth, account.districts, start.postcode);
    const wrong = { ...found.errors, ...contactWrong({ phone: doc.phone, email: doc.email }, { phone: start.phone, email: start.email }) };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const mids = await patch(reach, "person", person.id, changesOf(start, found.doc), seen);
    reach.say(t(mids.length > 0 ? "caseload.edit.saved" : "caseload.edit.same"), mids);
    go(back);
    return true;
  };

  return (
    <Page title={t("caseload.person.change")} caption={nameOf(person)} back={back} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)} seen={seen}>
        <TextField id="given_name" label={t("referral.name.given")} maxLength={80} value={doc.given_name} onChange={(given_name) => set({ given_name })} error={errors["given_name"]} />
        <TextField id="family_name" label={t("referral.name.family")} maxLength={80} value={doc.family_name} onChange={(family_name) => set({ family_name })} error={errors["family_name"]} />
        <DateField id="birth_on" label={t("referral.birth.label")} hint={t("caseload.edit.birthHint")} value={birth} onChange={setBirth} error={errors["birth_on"]} />
        <TextField id="phone" label={t("referral.home.phone")} type="tel" value={doc.phone ?? ""} onChange={(phone) => set({ phone })} error={errors["phone"]} maxLength={40} />
        <TextField id="email" label={t("caseload.edit.email")} type="email" value={doc.email ?? ""} onChange={(email) => set({ email })} error={errors["email"]} />
        <Select id="channel" label={t("caseload.facts.channel")} options={[{ value: "", label: t("caseload.facts.unknown") }, ...choicesOf("channel")]} value={doc.channel ?? ""} onChange={(channel) => set({ channel: (channel || null) as PersonDoc["channel"] })} />
        <TextField id="address" label={t("caseload.edit.address")} value={doc.address ?? ""} onChange={(address) => set({ address })} maxLength={300} />
        <TextField id="postcode" label={t("referral.home.postcode")} width={10} value={doc.postcode ?? ""} onChange={(postcode) => set({ postcode })} error={errors["postcode"]} maxLength={10} />
        <TextArea id="what_matters" label={t("referral.steps.matters")} value={doc.what_matters ?? ""} onChange={(what_matters) => set({ what_matters })} />
        <Radios id="travel" label={t("referral.travel.label")} options={choicesOf("travel")} value={doc.travel ?? ""} onChange={(travel) => set({ travel: travel as PersonDoc["travel"] })} />
        <Radios id="max_km" label={t("referral.travel.far")} options={distances(start.max_km)} value={doc.max_km === null ? "" : String(doc.max_km)} onChange={(km) => set({ max_km: km === "" ? null : Number(km) })} />
        <SlotTable id="availability" label={t("referral.steps.times")} hint={t("referral.times.hint")} values={doc.availability} onChange={(slots) => set({ availability: slots as PersonDoc["availability"] })} />
        <Checkboxes id="access_needs" label={t("referral.steps.access")} options={choicesOf("access")} values={doc.access_needs} onChange={(codes) => set({ access_needs: codes as PersonDoc["access_needs"] })} />
        <Checkboxes id="languages" label={t("referral.access.languages")} options={choicesOf("language")} values={doc.languages} onChange={(codes) => set({ languages: codes as PersonDoc["languages"] })} />
        <Radios id="group_preference" label={t("referral.group.label")} options={choicesOf("group_preference")} value={doc.group_preference} onChange={(code) => set({ group_preference: code as PersonDoc["group_preference"] })} />
        <Radios id="audience" label={t("referral.group.audience")} options={audiences()} value={doc.audience} onChange={(code) => set({ audience: code as PersonDoc["audience"] })} />
        <Radios id="online_ok" label={t("referral.group.online")} options={[{ value: "yes", label: t("referral.group.yes") }, { value: "no", label: t("referral.group.no") }]} value={doc.online_ok ? "yes" : "no"} onChange={(code) => set({ online_ok: code === "yes" })} />
        <Checkboxes
          id="do_not_contact" label={t("caseload.edit.contact")} options={[{ value: "yes", label: t("caseload.edit.doNotContact") }]}
          values={doc.do_not_contact ? ["yes"] : []} onChange={(values) => set({ do_not_contact: values.length > 0 })}
        />
        <Button type="submit">{t("caseload.edit.save")}</Button>
      </Form>
    </Page>
  );
}

function typedDate(day: string | null): TypedDate {
  const [year = "", month = "", date = ""] = day?.split("-") ?? [];
  return { day: date.replace(/^0/, ""), month: month.replace(/^0/, ""), year };
}

async function check(
  reach: Reach,
  doc: PersonDoc,
  birth: TypedDate,
  districts: readonly string[],
  before: string | null,
): Promise<{ errors: Errors; doc: PersonDoc }> {
  const errors: { [field: string]: string } = {};
  if (!doc.given_name.trim()) errors["given_name"] = t("referral.wrong.given_name");
  if (!doc.family_name.trim()) errors["family_name"] = t("referral.wrong.family_name");
  const typed = Boolean(birth.day || birth.month || birth.year);
  const birth_on = typed ? dateFrom(`${birth.day} ${birth.month} ${birth.year}`) : null;
  if (typed && birth_on === null) errors["birth_on"] = t("referral.wrong.birth");
  const postcode = readPostcode(doc.postcode ?? "");
  if (doc.postcode?.trim() && postcode === null) errors["postcode"] = t("referral.wrong.postcode");
  const place = postcode ? await findPlace(reach.kith, postcode, districts) : null;
  const where = homeOf(postcode, place, before);
  return { errors, doc: { ...doc, given_name: doc.given_name.trim(), family_name: doc.family_name.trim(), birth_on, ...where } };
}
