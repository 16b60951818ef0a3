/** A guardian lets somebody under 18 volunteer: who said so, how, and until when. */

import { useState } from "preact/hooks";
import { type GuardianConsentDoc, VOCABULARIES } from "@generated/contract.ts";
import { useVolunteerNames } from "../../data/centre.ts";
import { create } from "../../data/write.ts";
import { contactWrong } from "../../logic/contact.ts";
import { farOff, LASTING } from "../../logic/days.ts";
import { at, go } from "../../router.ts";
import { today, useOne, useOnce, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, Radios, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { addDays } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";
import { DayInput } from "../centre/when-fields.tsx";

const METHODS = ["signed", "spoken", "online"] as const;
const A_YEAR = 365;

export function NewConsent({ id }: { readonly id: string }) {
  const reach = useReach();
  const volunteer = useOne("volunteer", id);
  const nameOf = useVolunteerNames();
  const [typed, setTyped] = useState({ name: "", relation: "", phone: "", method: "signed", until: addDays(today(), A_YEAR) });
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  if (volunteer === undefined) return null;
  if (volunteer === null) return <Gone kind="volunteer" back={at("volunteers")} />;
  const set = (change: Partial<typeof typed>): void => setTyped((before) => ({ ...before, ...change }));
  const save = async (): Promise<boolean> => {
    const wrong: Errors = {
      ...(typed.name.trim() ? {} : { name: t("volunteers.wrong.guardian") }),
      ...(typed.relation ? {} : { relation: t("volunteers.wrong.relation") }),
      ...(typed.until && typed.until >= today() ? farOff({ until: typed.until }, LASTING, today()) : { until: t("volunteers.wrong.until") }),
      ...contactWrong({ phone: typed.phone }),
    };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const made = await create(reach, "guardian_consent", {
      volunteer_id: id, centre_id: volunteer.doc.centre_id, guardian_name: typed.name.trim(), relation: typed.relation as GuardianConsentDoc["relation"],
      phone: typed.phone.trim() || null, agreed: true, method: typed.method as GuardianConsentDoc["method"], given_on: today(), until_on: typed.until,
    });
    go(at("volunteers", id));
    reach.say(t("volunteers.consentSaved"), await reach.midsOf(made));
    return true;
  };
  return (
    <Page title={t("volunteers.guardian")} caption={nameOf(id) ?? undefined} back={at("volunteers", id)} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <TextField id="name" label={t("volunteers.guardianName")} maxLength={160} value={typed.name} onChange={(name) => set({ name })} error={errors["name"]} />
        <Radios id="relation" label={t("volunteers.relation")} options={Object.keys(VOCABULARIES.guardian).map((value) => ({ value, label: label("guardian", value as never) }))} value={typed.relation} onChange={(relation) => set({ relation })} error={errors["relation"]} />
        <TextField id="phone" label={t("centre.field.phone")} type="tel" maxLength={40} value={typed.phone} onChange={(phone) => set({ phone })} error={errors["phone"]} />
        <Radios id="method" label={t("volunteers.how")} options={METHODS.map((value) => ({ value, label: t(`volunteers.method.${value}`) }))} value={typed.method} onChange={(method) => set({ method })} />
        <DayInput id="until" label={t("volunteers.lastDay")} value={typed.until} onChange={(until) => set({ until })} error={errors["until"]} />
        <Button type="submit">{t("volunteers.consentSave")}</Button>
      </Form>
    </Page>
  );
}
