/** Call one session off: whoever was pointed to it is told, with the reason. */

import { useState } from "preact/hooks";
import { VOCABULARIES } from "@generated/contract.ts";
import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { comingDays } from "../../logic/coming.ts";
import { today, useOnce, useReach } from "../../ui/context.ts";
import { Form, Select } from "../../ui/fields.tsx";
import { Button } from "../../ui/parts.tsx";
import { commandWords } from "../../words/changes.ts";
import { dayWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

const SHOWN = 8;

export function CallOff({ schedule }: { readonly schedule: Item<"schedule"> }) {
  const reach = useReach();
  const days = comingDays([schedule.doc], today(), SHOWN).filter((one) => !one.off).map((one) => one.on);
  const [on, setOn] = useState(days[0] ?? "");
  const [reason, setReason] = useState("illness");
  const once = useOnce(`${schedule.commands.length} ${schedule.doc.cancelled_on.length}`);
  if (schedule.commands.length > 0) return <p role="status">{t("centre.task.waiting", { what: schedule.commands.map((one) => commandWords(one.name)).join(", ") })}</p>;
  const off = schedule.doc.cancelled_on.filter((day) => day >= today());
  const day = days.includes(on) ? on : (days[0] ?? "");
  const cancel = async (): Promise<void> => reach.say(t("upkeep.calledOff"), await command(reach, "schedule", schedule.id, "cancel_date", { on: day, reason }));
  const restore = (that: string) => async (): Promise<void> => reach.say(t("upkeep.restored"), await command(reach, "schedule", schedule.id, "restore_date", { on: that }));
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("upkeep.callOff")}</h2>
      {off.map((one) => (
        <div key={one}>
          <p>{capital(t("upkeep.off", { day: dayWords(one, today()) }))}</p>
          <Button look="secondary" onClick={() => once(restore(one))}>{t("upkeep.restore", { day: dayWords(one, today()) })}</Button>
        </div>
      ))}
      {days.length > 0 && (
        <Form onSubmit={() => once(cancel)}>
          <Select id="off-on" label={t("centre.field.day")} options={days.map((value) => ({ value, label: capital(dayWords(value, today())) }))} value={day} onChange={setOn} />
          <Select id="off-reason" label={t("upkeep.reason")} options={Object.keys(VOCABULARIES.cancel_reason).map((value) => ({ value, label: label("cancel_reason", value as never) }))} value={reason} onChange={setReason} />
          <Button type="submit" look="warning">{t("upkeep.callOffDo")}</Button>
        </Form>
      )}
    </>
  );
}
