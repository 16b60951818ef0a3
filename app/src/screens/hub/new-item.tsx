/** Something that the hub has not had before. */

import { useState } from "preact/hooks";
import type { ItemDoc } from "@generated/contract.ts";
import { create } from "../../data/write.ts";
import { at, go } from "../../router.ts";
import { today, useAccount, useOnce, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, optionsOf, Select, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";

export function NewItem() {
  const reach = useReach();
  const { hub_ids: [hub_id = ""] } = useAccount();
  const [typed, setTyped] = useState({ name: "", category: "food", unit: "each", location: "", low: "", n: "" });
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const set = (change: Partial<typeof typed>): void => setTyped((before) => ({ ...before, ...change }));
  const save = async (): Promise<boolean> => {
    const isWhole = (text: string): boolean => text.trim() === "" || /^\d{1,5}$/.test(text.trim());
    const wrong: Errors = {
      ...(typed.name.trim() ? {} : { name: t("hub.item.noName") }),
      ...(isWhole(typed.n) ? {} : { n: t("hub.item.noNumber") }),
      ...(isWhole(typed.low) ? {} : { low: t("hub.item.noNumber") }),
    };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const item_id = await create(reach, "item", {
      hub_id, name: typed.name.trim(), category: typed.category as ItemDoc["category"], unit: typed.unit as ItemDoc["unit"], location: typed.location.trim() || null,
      low_at: typed.low.trim() ? Number(typed.low) : null,
    });
    if (Number(typed.n) > 0) await create(reach, "movement", { item_id, hub_id, type: "in", reason: "donated", quantity: Number(typed.n), moved_on: today() });
    go(at("stock", item_id));
    reach.say(t("hub.item.saved"), await reach.midsOf(item_id));
    return true;
  };
  return (
    <Page title={t("hub.stock.new")} back={at("stock")} backText={t("hub.stock.title")} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <TextField id="name" label={t("hub.item.name")} maxLength={120} value={typed.name} onChange={(name) => set({ name })} error={errors["name"]} />
        <Select id="category" label={t("hub.item.category")} options={optionsOf("item_category")} value={typed.category} onChange={(category) => set({ category })} />
        <Select id="unit" label={t("hub.item.unit")} options={optionsOf("unit")} value={typed.unit} onChange={(unit) => set({ unit })} />
        <TextField id="n" label={t("hub.item.now")} inputMode="numeric" width={5} maxLength={5} value={typed.n} onChange={(n) => set({ n })} error={errors["n"]} />
        <TextField id="low" label={t("hub.item.low")} inputMode="numeric" width={5} maxLength={5} value={typed.low} onChange={(low) => set({ low })} error={errors["low"]} />
        <TextField id="location" label={t("hub.item.shelf")} maxLength={80} value={typed.location} onChange={(location) => set({ location })} />
        <Button type="submit">{t("upkeep.save")}</Button>
      </Form>
    </Page>
  );
}
