/** Put a group, service or role right. Only what was changed is sent, so that a colleague's edit of another field stands. */

import { useState } from "preact/hooks";
import type { AssetDoc } from "@generated/contract.ts";
import { moved } from "../../data/moved.ts";
import { findPlace } from "../../data/places.ts";
import { patch } from "../../data/write.ts";
import { contactWrong, webAddress } from "../../logic/contact.ts";
import { changesOf } from "../../logic/changed.ts";
import { isWhole } from "../../logic/numbers.ts";
import { readPostcode, standsAt } from "../../logic/postcode.ts";
import { go } from "../../router.ts";
import { useAccount, useOne, useOnce, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, Radios, TextArea, TextField } from "../../ui/fields.tsx";
import { useOpened } from "../../ui/opened.ts";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";
import type { EntryItem, EntryKind } from "./entry.tsx";

interface EditProps {
  readonly kind: EntryKind;
  readonly id: string;
  /** Where it was asked for: the directory, or the page of whoever runs the group. */
  readonly back: string;
}

export function Edit({ kind, id, back }: EditProps) {
  const item = useOne(kind, id) as EntryItem | null | undefined;
  if (item === undefined) return null;
  return item === null ? <Gone kind={kind} back={back} /> : <Editor item={item} back={back} />;
}

interface Typed {
  readonly name: string;
  readonly description: string;
  readonly address: string;
  readonly postcode: string;
  readonly phone: string;
  readonly email: string;
  readonly url: string;
  /** People at a usual session. */
  readonly size: string;
  readonly joining: "open" | "referral";
}

const MOST_PEOPLE = 1000;

function Editor({ item, back }: { readonly item: EntryItem; readonly back: string }) {
  const reach = useReach();
  const account = useAccount();
  const seen = useOpened(item);
  const [start] = useState<Typed>(() => typedOf(item));
  const [typed, setTyped] = useState<Typed>(start);
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const set = (change: Partial<Typed>): void => setTyped((before) => ({ ...before, ...change }));
  const save = async (): Promise<boolean> => {
    const postcode = readPostcode(typed.postcode);
    const place = postcode ? await findPlace(reach.kith, postcode, account.districts) : null;
    const where = standsAt(typed.postcode, place, start.postcode);
    const wrong = { ...wrongIn(typed), ...contactWrong({ phone: typed.phone, email: typed.email, url: typed.url }, { phone: start.phone, email: start.email, url: start.url }), ...(where === null ? { postcode: t("upkeep.wrong.postcode") } : {}) };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const mids = await patch(reach, item.kind as "asset", item.id, { ...changesOf(fieldsOf(item, start), fieldsOf(item, typed)), ...where }, seen);
    if (where?.district) mids.push(...(await moved(reach, item, where.district)));
    reach.say(t(mids.length > 0 ? "upkeep.saved" : "upkeep.unchanged"), mids);
    go(back);
    return true;
  };
  return (
    <Page title={t("upkeep.edit")} caption={item.doc.name} back={back} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)} seen={seen}>
        <TextField id="name" label={t("upkeep.field.name")} value={typed.name} onChange={(name) => set({ name })} error={errors["name"]} />
        <TextArea id="description" label={t("upkeep.field.description")} value={typed.description} onChange={(description) => set({ description })} />
        {item.kind === "asset" && <Reached typed={typed} set={set} errors={errors} />}
        <TextField id="postcode" label={t("upkeep.field.postcode")} hint={t("upkeep.postcodeHint")} width={10} maxLength={10} value={typed.postcode} onChange={(postcode) => set({ postcode })} error={errors["postcode"]} />
        <TextField id="size" label={t("upkeep.field.size")} hint={t("upkeep.sizeHint")} inputMode="numeric" width={4} maxLength={4} value={typed.size} onChange={(size) => set({ size })} error={errors["size"]} />
        {saysWhoJoins(account.roles) && <Radios id="joining" label={t("upkeep.field.joining")} options={(["open", "referral"] as const).map((value) => ({ value, label: t(`upkeep.joining.${value}`) }))} value={typed.joining} onChange={(joining) => set({ joining: joining as Typed["joining"] })} />}
        <Button type="submit">{t("upkeep.save")}</Button>
      </Form>
    </Page>
  );
}

/** Whether people come by referral alone is the centre's to say, never the group's own. */
function saysWhoJoins(roles: readonly string[]): boolean {
  return roles.includes("centre") || roles.includes("administrator");
}

interface PartProps {
  readonly typed: Typed;
  readonly set: (change: Partial<Typed>) => void;
  readonly errors: Errors;
}

function Reached({ typed, set, errors }: PartProps) {
  return (
    <>
      <TextField id="phone" label={t("upkeep.field.phone")} type="tel" maxLength={40} value={typed.phone} onChange={(phone) => set({ phone })} error={errors["phone"]} />
      <TextField id="email" label={t("upkeep.field.email")} type="email" value={typed.email} onChange={(email) => set({ email })} error={errors["email"]} />
      <TextField id="url" label={t("upkeep.field.url")} maxLength={500} value={typed.url} onChange={(url) => set({ url })} error={errors["url"]} />
      <TextField id="address" label={t("upkeep.field.address")} maxLength={300} value={typed.address} onChange={(address) => set({ address })} />
    </>
  );
}

function wrongIn({ name, size }: Typed): Errors {
  return {
    ...(name.trim() ? {} : { name: t("upkeep.wrong.name") }),
    ...(size.trim() && !isWhole(size, 1, MOST_PEOPLE) ? { size: t("upkeep.wrong.size") } : {}),
  };
}

function typedOf({ doc }: EntryItem): Typed {
  const { address, phone, email, url } = doc as Partial<AssetDoc>;
  return {
    name: doc.name, description: doc.description ?? "", address: address ?? "", phone: phone ?? "", email: email ?? "", url: url ?? "",
    postcode: doc.postcode ?? "", size: doc.group_size === null ? "" : String(doc.group_size), joining: doc.referral_only ? "referral" : "open",
  };
}

/** The record's fields but for its place, which is looked up. */
function fieldsOf({ kind }: EntryItem, { name, description, address, phone, email, url, size, joining }: Typed): Partial<AssetDoc> {
  const reached = kind === "asset" ? { address, phone, email, url: webAddress(url) } : {};
  return { name, description, ...reached, group_size: size.trim() ? Number(size) : null, referral_only: joining === "referral" };
}
