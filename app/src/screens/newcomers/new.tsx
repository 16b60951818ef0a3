/** Somebody would like to volunteer: who they are, how they came, how to reach them. */

import { useState } from "preact/hooks";
import { type EnquiryDoc, VOCABULARIES } from "@generated/contract.ts";
import { volunteerName } from "../../data/centre.ts";
import { useTyped } from "../../data/typed.ts";
import { create } from "../../data/write.ts";
import { contactWrong } from "../../logic/contact.ts";
import { at, go } from "../../router.ts";
import { today, useAccount, useOne, useOnce, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, Select, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";

const START = { given_name: "", family_name: "", phone: "", email: "", origin: "phone" };

/** volunteerId : somebody known who asks again; null for somebody new. */
export function NewEnquiry({ volunteerId }: { readonly volunteerId: string | null }) {
  const reach = useReach();
  const { centre_ids: [centre_id = ""], districts } = useAccount();
  const known = useOne("volunteer", volunteerId ?? "");
  const { typed, set, forget } = useTyped("enquiry:new", START);
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  if (!typed || (volunteerId !== null && known === undefined)) return null;
  const save = async (): Promise<boolean> => {
    const wrong: Errors = known ? {} : {
      ...(typed.given_name.trim() ? {} : { given_name: t("newcomers.wrong.given") }),
      ...(typed.family_name.trim() ? {} : { family_name: t("newcomers.wrong.family") }),
      ...(typed.phone.trim() || typed.email.trim() ? {} : { phone: t("newcomers.wrong.reach") }),
      ...contactWrong({ phone: typed.phone, email: typed.email }),
    };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const volunteer_id = known?.id ?? (await create(reach, "volunteer", {
      centre_id, given_name: typed.given_name.trim(), family_name: typed.family_name.trim(), phone: typed.phone.trim() || null, email: typed.email.trim() || null,
      district: districts[0] ?? null, status: "enquiry",
    }));
    const made = await create(reach, "enquiry", { volunteer_id, centre_id: known?.doc.centre_id ?? centre_id, origin: typed.origin as EnquiryDoc["origin"], enquired_on: today() });
    const draft = await forget();
    go(at("newcomers", made));
    reach.say(t("newcomers.made"), [...(await reach.midsOf(made)), ...(known ? [] : await reach.midsOf(volunteer_id))], draft);
    return true;
  };
  return (
    <Page title={t("newcomers.new")} caption={known ? volunteerName(known) : undefined} back={at("newcomers")} backText={t("newcomers.title")} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        {!known && (
          <>
            <TextField id="given_name" label={t("newcomers.field.given")} maxLength={80} value={typed.given_name} onChange={(given_name) => set({ given_name })} error={errors["given_name"]} />
            <TextField id="family_name" label={t("newcomers.field.family")} maxLength={80} value={typed.family_name} onChange={(family_name) => set({ family_name })} error={errors["family_name"]} />
            <TextField id="phone" label={t("centre.field.phone")} type="tel" maxLength={40} value={typed.phone} onChange={(phone) => set({ phone })} error={errors["phone"]} />
            <TextField id="email" label={t("upkeep.field.email")} type="email" value={typed.email} onChange={(email) => set({ email })} error={errors["email"]} />
          </>
        )}
        <Select id="origin" label={t("newcomers.field.origin")} options={Object.keys(VOCABULARIES.origin).map((value) => ({ value, label: label("origin", value as never) }))} value={typed.origin} onChange={(origin) => set({ origin })} />
        <Button type="submit">{t("newcomers.begin")}</Button>
      </Form>
      <p class="kith-quiet">{t("centre.new.kept")}</p>
    </Page>
  );
}
