/** Call one session off, with a reason and a line that everybody may read; those who referred people are told. */

import { useState } from "preact/hooks";
import { VOCABULARIES } from "@generated/contract.ts";
import { useItemName } from "../../data/items.ts";
import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { comingDays } from "../../logic/events.ts";
import { at, go } from "../../router.ts";
import { today, useOnce, useOne, useReach } from "../../ui/context.ts";
import { Form, Radios, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { dayFrom, dayWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

export function CallOff({ id, on }: { readonly id: string; readonly on: string }) {
  const reach = useReach();
  const schedule = useOne("schedule", id);
  const itemName = useItemName();
  const [reason, setReason] = useState("venue");
  const [note, setNote] = useState("");
  const once = useOnce();
  if (schedule === undefined) return null;
  if (schedule === null) return <Gone kind="schedule" back={at("events")} />;
  const back = at("events", "group", schedule.doc.item_id);
  const name = itemName(schedule.doc.item_kind, schedule.doc.item_id);
  if (!isSession(schedule, on)) return <Page title={t("events.off.none")} caption={name} back={back}>{null}</Page>;
  const callOff = async (): Promise<void> => {
    reach.say(t("events.off.saved"), await command(reach, "schedule", id, "cancel_date", { on, reason, note: note.trim() || null }));
    go(back);
  };
  const reasons = Object.keys(VOCABULARIES.cancel_reason).map((code) => ({ value: code, label: label("cancel_reason", code as keyof typeof VOCABULARIES.cancel_reason) }));
  return (
    <Page title={capital(dayWords(on, today()))} caption={name} back={back}>
      <p>{t("events.off.about")}</p>
      <Form onSubmit={() => once(callOff)}>
        <Radios id="reason" label={t("events.off.why")} options={reasons} value={reason} onChange={setReason} />
        <TextField id="note" label={t("events.off.note")} hint={t("events.off.noteHint")} value={note} onChange={setNote} maxLength={200} spellcheck />
        <Button type="submit" look="warning">{t("events.off.button")}</Button>
      </Form>
    </Page>
  );
}

/** Whether it is on that day, which is still to come: an address may name any. */
function isSession(schedule: Item<"schedule">, on: string): boolean {
  const [year = "", month = "", day = ""] = on.split("-");
  return dayFrom(day, month, year) === on && on >= today() && comingDays(schedule, on, 1).some((one) => one.on === on && !one.isOff);
}
