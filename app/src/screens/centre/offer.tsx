/** A group that the centre looks after would do something for others: offered in the time bank on its behalf. */

import { useState } from "preact/hooks";
import { VOCABULARIES } from "@generated/contract.ts";
import { useTyped } from "../../data/typed.ts";
import { command } from "../../data/write.ts";
import { isWhole } from "../../logic/numbers.ts";
import { at, go } from "../../router.ts";
import { useAccount, useLoaded, useOnce, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, Select, SlotTable, TextArea, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Empty } from "../../ui/standing.tsx";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";

const START = { account: "", title: "", category: "", minutes: "60", availability: [] as string[], description: "", note: "" };

export function Offer() {
  const reach = useReach();
  const { centre_ids } = useAccount();
  const accounts = useLoaded("account");
  const { typed, set, forget } = useTyped("offer:new", START);
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  if (!typed || !accounts) return null;
  const ours = accounts.filter(({ doc }) => doc.status === "open" && doc.centre_id !== null && centre_ids.includes(doc.centre_id));
  const save = async (): Promise<boolean> => {
    const wrong = {
      ...(typed.account ? {} : { account: t("centre.wrong.account") }),
      ...(typed.title.trim() ? {} : { title: t("centre.wrong.title") }),
      ...(typed.category ? {} : { category: t("centre.wrong.type") }),
      ...(isWhole(typed.minutes, 5, 1440) ? {} : { minutes: t("centre.wrong.minutes") }),
    };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const { account, title, category, minutes, availability, description, note } = typed;
    const mid = await command(reach, "account", account, "offer_help", {
      offer_id: crypto.randomUUID(), title: title.trim(), category, minutes: Number(minutes), availability, ...(description.trim() ? { description: description.trim() } : {}), ...(note.trim() ? { note: note.trim() } : {}),
    });
    const draft = await forget();
    go(at("rings"));
    reach.say(t("centre.offer.saved"), mid, draft);
    return true;
  };
  const choose = { value: "", label: t("centre.new.choose") };
  return (
    <Page title={t("centre.offer.title")} back={at("rings")} backText={t("centre.rings.title")} failed={Object.keys(errors).length > 0}>
      {ours.length === 0 && <Empty text={t("centre.offer.none")} />}
      {ours.length > 0 && (
        <>
          <ErrorSummary errors={errors} />
          <Form onSubmit={() => once(save)}>
            <Select id="account" label={t("centre.offer.account")} options={[choose, ...ours.map(({ id, doc }) => ({ value: id, label: doc.name }))]} value={typed.account} onChange={(account) => set({ account })} error={errors["account"]} />
            <TextField id="title" label={t("centre.offer.what")} hint={t("centre.offer.whatHint")} value={typed.title} onChange={(title) => set({ title })} error={errors["title"]} />
            <Select id="category" label={t("centre.field.type")} options={[choose, ...Object.keys(VOCABULARIES.category).map((value) => ({ value, label: label("category", value as never) }))]} value={typed.category} onChange={(category) => set({ category })} error={errors["category"]} />
            <TextField id="minutes" label={t("centre.field.minutesLong")} inputMode="numeric" width={4} maxLength={4} value={typed.minutes} onChange={(minutes) => set({ minutes })} error={errors["minutes"]} />
            <TextArea id="description" label={t("centre.offer.more")} rows={3} maxLength={1000} value={typed.description} onChange={(description) => set({ description })} />
            <SlotTable id="availability" label={t("centre.offer.when")} values={typed.availability} onChange={(availability) => set({ availability })} />
            <TextArea id="note" label={t("centre.offer.note")} rows={2} maxLength={1000} value={typed.note} onChange={(note) => set({ note })} />
            <Button type="submit">{t("centre.offer.save")}</Button>
          </Form>
        </>
      )}
    </Page>
  );
}
