/** Somebody rings for somebody: for whom, what is needed, and whether the person wants it. */

import { useState } from "preact/hooks";
import type { IntakeDoc } from "@generated/contract.ts";
import { useTyped } from "../../data/typed.ts";
import { create } from "../../data/write.ts";
import { contactWrong } from "../../logic/contact.ts";
import { at, go } from "../../router.ts";
import { today, useAccount, useOnce, useReach } from "../../ui/context.ts";
import { Checkboxes, type Errors, ErrorSummary, Form, optionsOf, Radios, Select, TextArea, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";

const START = { given_name: "", family_name: "", phone: "", address: "", relation: "self", caller_name: "", caller_phone: "", agreed: "", needs: [] as string[], urgency: "routine", said: "" };

export function NewCall() {
  const reach = useReach();
  const { hub_ids: [hub_id = ""] } = useAccount();
  const { typed, set, forget } = useTyped("call:new", START);
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  if (!typed) return null;
  const save = async (): Promise<boolean> => {
    const wrong: Errors = {
      ...(typed.given_name.trim() ? {} : { given_name: t("newcomers.wrong.given") }),
      ...(typed.family_name.trim() ? {} : { family_name: t("newcomers.wrong.family") }),
      ...(typed.agreed ? {} : { agreed: t("calls.noAnswer") }),
      ...contactWrong({ phone: typed.phone, ...(typed.relation === "self" ? {} : { caller_phone: typed.caller_phone }) }),
    };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const text = (words: string): string | null => words.trim() || null;
    const isOther = typed.relation !== "self";
    const made = await create(reach, "intake", {
      hub_id, taken_on: today(), relation: typed.relation as IntakeDoc["relation"], agreed: typed.agreed === "yes", given_name: typed.given_name.trim(), family_name: typed.family_name.trim(),
      phone: text(typed.phone), address: text(typed.address), needs: typed.needs as IntakeDoc["needs"], urgency: typed.urgency as IntakeDoc["urgency"], said: text(typed.said),
      ...(isOther ? { caller_name: text(typed.caller_name), caller_phone: text(typed.caller_phone) } : {}),
    });
    const draft = await forget();
    go(at("calls", made));
    reach.say(t("calls.saved"), await reach.midsOf(made), draft);
    return true;
  };
  return (
    <Page title={t("calls.new")} back={at("calls")} backText={t("calls.title")} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <Select id="relation" label={t("calls.who")} options={optionsOf("relation")} value={typed.relation} onChange={(relation) => set({ relation })} />
        {typed.relation !== "self" && (
          <>
            <TextField id="caller_name" label={t("calls.callerName")} maxLength={120} value={typed.caller_name} onChange={(caller_name) => set({ caller_name })} />
            <TextField id="caller_phone" label={t("calls.callerPhone")} type="tel" maxLength={40} value={typed.caller_phone} onChange={(caller_phone) => set({ caller_phone })} error={errors["caller_phone"]} />
          </>
        )}
        <h2 class="nhsuk-heading-m">{t("calls.forWhom")}</h2>
        <TextField id="given_name" label={t("newcomers.field.given")} maxLength={80} value={typed.given_name} onChange={(given_name) => set({ given_name })} error={errors["given_name"]} />
        <TextField id="family_name" label={t("newcomers.field.family")} maxLength={80} value={typed.family_name} onChange={(family_name) => set({ family_name })} error={errors["family_name"]} />
        <TextField id="phone" label={t("centre.field.phone")} type="tel" maxLength={40} value={typed.phone} onChange={(phone) => set({ phone })} error={errors["phone"]} />
        <TextField id="address" label={t("centre.field.address")} maxLength={300} value={typed.address} onChange={(address) => set({ address })} />
        <Radios
          id="agreed" label={t("calls.agreed")} hint={t("calls.agreedHint")} options={[{ value: "yes", label: t("calls.yes") }, { value: "no", label: t("calls.notYet") }]}
          value={typed.agreed} onChange={(agreed) => set({ agreed })} error={errors["agreed"]}
        />
        <TextArea id="said" label={t("calls.said")} rows={3} maxLength={2000} value={typed.said} onChange={(said) => set({ said })} />
        <Radios id="urgency" label={t("calls.urgency")} options={optionsOf("urgency")} value={typed.urgency} onChange={(urgency) => set({ urgency })} />
        <Checkboxes id="needs" label={t("calls.needs")} options={optionsOf("need")} values={typed.needs} onChange={(needs) => set({ needs })} />
        <Button type="submit">{t("calls.save")}</Button>
      </Form>
      <p class="kith-quiet">{t("centre.new.kept")}</p>
    </Page>
  );
}
