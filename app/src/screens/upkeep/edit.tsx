/** Put a group, service or role right. Only what was changed is sent, so that a colleague's edit of another field stands. */

import { useState } from "preact/hooks";
import type { AssetDoc, OpportunityDoc } from "@generated/contract.ts";
import { patch } from "../../data/write.ts";
import { at, go } from "../../router.ts";
import { useOne, useOnce, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, TextArea, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";
import { changesOf } from "../caseload/person-edit.tsx";
import type { EntryItem, EntryKind } from "./entry.tsx";

export function Edit({ kind, id }: { readonly kind: EntryKind; readonly id: string }) {
  const item = useOne(kind, id) as EntryItem | null | undefined;
  if (item === undefined) return null;
  return item === null ? <Gone kind={kind} back={at("upkeep")} /> : <Editor item={item} />;
}

type Told = Pick<AssetDoc, "name" | "description"> & Partial<Pick<AssetDoc, "address" | "phone" | "email" | "url">> & Partial<Pick<OpportunityDoc, "closes_on">>;

function Editor({ item }: { readonly item: EntryItem }) {
  const reach = useReach();
  const [start] = useState<Told>(() => toldOf(item));
  const [told, setTold] = useState<Told>(start);
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const set = (change: Partial<Told>): void => setTold((before) => ({ ...before, ...change }));
  const back = at("upkeep", item.kind, item.id);
  const save = async (): Promise<boolean> => {
    const wrong: Errors = {
      ...(told.name.trim() ? {} : { name: t("upkeep.wrong.name") }),
      ...(told.email?.trim() && !/^[^@\s]+@[^@\s]+$/.test(told.email.trim()) ? { email: t("upkeep.wrong.email") } : {}),
    };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const mids = await patch(reach, item.kind as "asset", item.id, changesOf(start, told));
    reach.say(t(mids.length > 0 ? "upkeep.saved" : "upkeep.unchanged"), mids);
    go(back);
    return true;
  };
  return (
    <Page title={t("upkeep.edit")} caption={item.doc.name} back={back} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <TextField id="name" label={t("upkeep.field.name")} value={told.name} onChange={(name) => set({ name })} error={errors["name"]} />
        <TextArea id="description" label={t("upkeep.field.description")} value={told.description ?? ""} onChange={(description) => set({ description })} />
        {item.kind === "asset" && (
          <>
            <TextField id="address" label={t("upkeep.field.address")} maxLength={300} value={told.address ?? ""} onChange={(address) => set({ address })} />
            <TextField id="phone" label={t("upkeep.field.phone")} type="tel" maxLength={40} value={told.phone ?? ""} onChange={(phone) => set({ phone })} />
            <TextField id="email" label={t("upkeep.field.email")} type="email" value={told.email ?? ""} onChange={(email) => set({ email })} error={errors["email"]} />
            <TextField id="url" label={t("upkeep.field.url")} maxLength={500} value={told.url ?? ""} onChange={(url) => set({ url })} />
          </>
        )}
        <Button type="submit">{t("upkeep.save")}</Button>
      </Form>
    </Page>
  );
}

function toldOf(item: EntryItem): Told {
  const { name, description } = item.doc;
  if (item.kind === "opportunity") return { name, description };
  const { address, phone, email, url } = item.doc;
  return { name, description, address, phone, email, url };
}
