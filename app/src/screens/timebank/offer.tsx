/** Offer help, change an offer, or offer again what rested: an offer is never edited, so a change is a new one for the old. */

import { useState } from "preact/hooks";
import { uuid7 } from "@contract/sync/index.ts";
import { type Member, useMember } from "../../data/bank.ts";
import { useTyped } from "../../data/typed.ts";
import { command } from "../../data/write.ts";
import { at, go } from "../../router.ts";
import { useAccount, useList, useLoaded, useOnce, useReach } from "../../ui/context.ts";
import { Checkboxes, ErrorSummary, type Errors, Form, Radios, SlotTable, TextArea, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { choicesOf } from "../../words/choices.ts";
import { t } from "../../words/t.ts";
import { wrongLine } from "./ask.tsx";
import { Category, Length } from "./fields.tsx";

interface Given {
  readonly title: string;
  readonly category: string;
  readonly description: string;
  readonly minutes: number;
  readonly availability: readonly string[];
  readonly languages: readonly string[];
  readonly where: string;
  readonly note: string;
}

const NEW: Given = { title: "", category: "", description: "", minutes: 60, availability: [], languages: ["en"], where: "", note: "" };

export function Offer({ from }: { readonly from: string | null }) {
  const member = useMember();
  const offers = useLoaded("offer");
  const details = useLoaded("offer_detail");
  if (!member || offers === undefined || details === undefined) return null;
  const old = offers.find(({ id }) => id === from);
  const note = details.find(({ id }) => id === from)?.doc.note ?? "";
  if (!old) return <OfferForm member={member} name="new" start={NEW} replaces={null} />;
  const { name: title, category, description, minutes, availability, languages, online, at_home } = old.doc;
  const where = online ? "online" : at_home ? "at_home" : "";
  const start = { title, category, description: description ?? "", minutes, availability, languages, where, note };
  return <OfferForm member={member} name={old.id} start={start} replaces={old.doc.status === "active" ? old.id : null} />;
}

interface FormProps {
  readonly member: Member;
  /** Of what is half written. */
  readonly name: string;
  readonly start: Given;
  /** The offer whose place this takes on the list. */
  readonly replaces: string | null;
}

function OfferForm({ member, name, start, replaces }: FormProps) {
  const reach = useReach();
  const me = useAccount();
  const district = useList("volunteer").find(({ id }) => id === me.volunteer_id)?.doc.district;
  const { typed: given, set, forget } = useTyped(`bank-offer:${name}`, start);
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  if (!given) return null;
  const save = async (): Promise<boolean> => {
    const wrong = wrongLine(given);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const mids = replaces === null ? [] : [await command(reach, "offer_detail", replaces, "withdraw_offer")];
    mids.unshift(await command(reach, "account", member.account.id, "offer_help", argsOf(given, district ?? null)));
    const draft = await forget();
    reach.say(t(replaces === null ? "timebank.offer.saved" : "timebank.offer.changed"), mids, draft);
    go(at("timebank", "mine"));
    return true;
  };
  const places = ["", "at_home", "online"].map((value) => ({ value, label: t(`timebank.offer.where.${(value || "agreed") as "agreed" | "at_home" | "online"}`) }));
  const tongues = choicesOf("language");
  return (
    <Page title={t(start === NEW ? "timebank.offer.title" : "timebank.offer.change")} back={at("timebank", "mine")} backText={t("timebank.mine.title")} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <p>{t("timebank.offer.about")}</p>
      <Form onSubmit={() => once(save)}>
        <TextField id="title" label={t("timebank.offer.what")} hint={t("timebank.offer.whatHint")} value={given.title} onChange={(title) => set({ title })} error={errors["title"]} maxLength={120} spellcheck />
        <Category value={given.category} error={errors["category"]} onChange={(category) => set({ category })} />
        <TextArea id="description" label={t("timebank.offer.more")} value={given.description} onChange={(description) => set({ description })} rows={3} maxLength={1000} />
        <Length legend={t("timebank.fields.howLong")} value={given.minutes} kept={start.minutes} onChange={(minutes) => set({ minutes })} />
        <Radios id="where" label={t("timebank.offer.where.title")} options={places} value={given.where} onChange={(where) => set({ where })} />
        <SlotTable id="availability" label={t("timebank.fields.times")} hint={t("timebank.fields.timesHint")} values={given.availability} onChange={(availability) => set({ availability })} />
        <Checkboxes id="languages" label={t("timebank.offer.languages")} options={tongues} values={given.languages} onChange={(languages) => set({ languages })} />
        <TextArea id="note" label={t("timebank.fields.note")} hint={t("timebank.fields.noteHint")} value={given.note} onChange={(note) => set({ note })} rows={3} maxLength={1000} />
        <Button type="submit">{t(start === NEW ? "timebank.offer.button" : "timebank.offer.save")}</Button>
      </Form>
      <p class="kith-quiet">{t("centre.new.kept")}</p>
    </Page>
  );
}

function argsOf(given: Given, district: string | null) {
  const { title, category, description, minutes, availability, languages, where, note } = given;
  return {
    offer_id: uuid7(Date.now(), Math.random), title: title.trim(), category, minutes, description: description.trim() || null, availability: [...availability],
    languages: [...languages], online: where === "online", at_home: where === "at_home", note: note.trim() || null, ...(district === null ? {} : { district }),
  };
}
