/** Change one's own details: when, how far, what one is good at, how to be reached. */

import { useState } from "preact/hooks";
import { type VolunteerDoc, VOCABULARIES } from "@generated/contract.ts";
import { at, go } from "../../router.ts";
import type { Item } from "../../data/live.ts";
import { patch } from "../../data/write.ts";
import { changesOf } from "../../logic/changed.ts";
import { contactWrong } from "../../logic/contact.ts";
import { useOnce, useReach } from "../../ui/context.ts";
import { Checkboxes, type Errors, ErrorSummary, Form, optionsOf, Radios, SlotTable, TextField } from "../../ui/fields.tsx";
import { useOpened } from "../../ui/opened.ts";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";

const DISTANCES = [1, 2, 3, 5, 10, 20, 40];
const QUIET = ["20:00", "21:00", "22:00"] as const;

export function EditMe({ volunteer }: { readonly volunteer: Item<"volunteer"> }) {
  const reach = useReach();
  const seen = useOpened(volunteer);
  const start = seen.doc;
  const [doc, setDoc] = useState<VolunteerDoc>(start);
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const set = (change: Partial<VolunteerDoc>): void => setDoc((before) => ({ ...before, ...change }));
  const save = async (): Promise<boolean> => {
    const wrong = contactWrong({ phone: doc.phone, email: doc.email }, { phone: start.phone, email: start.email });
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const mids = await patch(reach, "volunteer", volunteer.id, changesOf(start, doc), seen);
    reach.say(t(mids.length > 0 ? "me.saved" : "me.same"), mids);
    go(at("me"));
    return true;
  };
  return (
    <Page title={t("me.change")} back={at("me")} backText={t("me.title")} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)} seen={seen}>
        <TextField id="phone" label={t("me.fact.phone")} type="tel" value={doc.phone ?? ""} onChange={(phone) => set({ phone: phone || null })} error={errors["phone"]} maxLength={40} autocomplete="tel" />
        <TextField id="email" label={t("me.fact.email")} type="email" value={doc.email ?? ""} onChange={(email) => set({ email: email || null })} error={errors["email"]} autocomplete="email" />
        <SlotTable id="availability" label={t("me.ask.when")} values={doc.availability} onChange={(slots) => set({ availability: slots as VolunteerDoc["availability"] })} />
        <Radios id="quiet" label={t("me.ask.quiet")} hint={t("me.ask.quietHint")} options={quietOptions(start)} value={doc.quiet_from ?? ""} onChange={(from) => set(from === "" ? { quiet_from: null, quiet_until: null } : { quiet_from: from, quiet_until: doc.quiet_until ?? "08:00" })} />
        <Radios id="travel" label={t("me.ask.travel")} options={optionsOf(VOCABULARIES.travel)} value={doc.travel ?? ""} onChange={(travel) => set({ travel: travel as VolunteerDoc["travel"] })} />
        <Radios id="max_km" label={t("me.ask.far")} options={farOptions(start.max_km)} value={doc.max_km === null ? "" : String(doc.max_km)} onChange={(km) => set({ max_km: km === "" ? null : Number(km) })} />
        <Checkboxes id="skills" label={t("me.ask.skills")} options={optionsOf(VOCABULARIES.skill)} values={doc.skills} onChange={(codes) => set({ skills: codes as VolunteerDoc["skills"] })} />
        <Checkboxes id="languages" label={t("me.ask.languages")} options={optionsOf(VOCABULARIES.language)} values={doc.languages} onChange={(codes) => set({ languages: codes as VolunteerDoc["languages"] })} />
        <div class="kith-dock">
          <Button type="submit">{t("me.save")}</Button>
        </div>
      </Form>
    </Page>
  );
}

function farOptions(own: number | null) {
  const all = [...new Set([...DISTANCES, ...(own === null ? [] : [own])])].sort((a, b) => a - b);
  return [...all.map((km) => ({ value: String(km), label: t("tasks.filter.km", { count: km }) })), { value: "", label: t("me.ask.anyFar") }];
}

function quietOptions({ quiet_from }: VolunteerDoc) {
  const times = [...new Set([...QUIET, ...(quiet_from === null ? [] : [quiet_from])])];
  return [{ value: "", label: t("me.ask.usual") }, ...times.map((from) => ({ value: from, label: t("me.ask.from", { time: from }) }))];
}
