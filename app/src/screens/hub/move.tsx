/** Something came in, went out, or was counted again. */

import { useState } from "preact/hooks";
import type { MovementDoc } from "@generated/contract.ts";
import { create } from "../../data/write.ts";
import { quantityFor, REASONS, shelfOf } from "../../logic/stock.ts";
import { at, go } from "../../router.ts";
import { today, useList, useOne, useOnce, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, Radios, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";

export function Move({ id, type }: { readonly id: string; readonly type: MovementDoc["type"] }) {
  const reach = useReach();
  const item = useOne("item", id);
  const movements = useList("movement");
  const [n, setN] = useState("");
  const [reason, setReason] = useState<string>(REASONS[type][0] ?? "");
  const [comment, setComment] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  if (item === undefined) return null;
  if (item === null) return <Gone kind="item" back={at("stock")} />;
  const shelf = shelfOf(id, item.doc, movements, today());
  const { there, free } = shelf;
  const kept = there - free;
  const wrong = type === "out" ? t("hub.move.tooMany", { there: free }) : t("hub.move.wrong");
  const save = async (): Promise<boolean> => {
    const quantity = quantityFor(type, n, shelf);
    setErrors(quantity === null ? { n: wrong } : {});
    if (quantity === null) return false;
    const made = await create(reach, "movement", { item_id: id, hub_id: item.doc.hub_id, type, reason: reason as MovementDoc["reason"], quantity, moved_on: today(), comment: comment.trim() || null });
    go(at("stock", id));
    reach.say(t("hub.move.saved"), await reach.midsOf(made));
    return true;
  };
  return (
    <Page title={t(`hub.move.${type}`)} caption={item.doc.name} back={at("stock", id)} failed={"n" in errors}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <TextField id="n" label={t(type === "correction" ? "hub.move.counted" : "hub.move.howMany")} hint={[t("hub.move.there", { n: there }), kept > 0 && type !== "in" && t("hub.move.kept", { n: kept })].filter(Boolean).join(" ")} inputMode="numeric" width={5} maxLength={6} value={n} onChange={setN} error={errors["n"]} />
        <Radios id="reason" label={t("hub.move.why")} options={REASONS[type].map((value) => ({ value, label: label("movement_reason", value) }))} value={reason} onChange={setReason} />
        <TextField id="comment" label={t("hub.move.comment")} hint={t("hub.move.commentHint")} value={comment} onChange={setComment} />
        <div class="kith-big"><Button type="submit">{t("upkeep.save")}</Button></div>
      </Form>
    </Page>
  );
}
