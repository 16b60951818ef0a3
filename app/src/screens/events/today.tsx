/** On the home page of those who refer: how many people have to be told something; nothing when nobody has. */

import { offeredPlaces } from "../../logic/events.ts";
import { at } from "../../router.ts";
import { useList } from "../../ui/context.ts";
import { Row } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";
import { useToTell } from "./to-tell.ts";

/** How many people wait to be told that something is off, or that a place came free. */
export function useHowManyToTell(): number {
  const off = useToTell().filter(({ doc }) => doc.status === "active");
  return off.length + offeredPlaces(useList("placement"), new Date()).length;
}

export function EventsToday() {
  const waiting = useHowManyToTell();
  if (waiting === 0) return null;
  return (
    <ul class="kith-list">
      <Row href={at("events", "notices")} name={t("events.notices.title")}>{t("events.notices.count", { count: waiting })}</Row>
    </ul>
  );
}
