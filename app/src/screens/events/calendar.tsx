/** Put the coming days of a course into the phone's own calendar, by a file that is made here. */

import { useItemName } from "../../data/items.ts";
import type { Item } from "../../data/live.ts";
import { calendarText, type Entry } from "../../logic/ical.ts";
import { today, useList } from "../../ui/context.ts";
import { Button } from "../../ui/parts.tsx";
import { instantOf } from "../../words/dates.ts";
import { t } from "../../words/t.ts";

export function AddToCalendar({ course }: { readonly course: Item<"course"> }) {
  const schedules = useList("schedule");
  const asset = useList("asset").find(({ id }) => id === course.doc.asset_id);
  const itemName = useItemName();
  const times = schedules.find(({ id }) => id === course.doc.schedule_id);
  const days = course.doc.sessions_on.filter((on) => on >= today());
  if (!times || days.length === 0) return null;
  const entries = days.map((on): Entry => ({
    uid: `${course.id}.${on}@kith`, on, from: times.doc.from_time, until: times.doc.until_time,
    title: `${itemName("asset", course.doc.asset_id)}: ${course.doc.name}`, where: asset?.doc.address ?? null, isOff: times.doc.cancelled_on.includes(on),
  }));
  return <Button look="secondary" onClick={() => save(calendarText(entries, instantOf(new Date())))}>{t("events.calendar")}</Button>;
}

/** The browser hands the file to the phone, which opens its calendar. */
function save(text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
  link.download = "kith.ics";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
