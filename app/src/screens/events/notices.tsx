/** What those who referred somebody have to tell them: sessions that are off, places that came free. */

import { nameOf } from "../../data/caseload.ts";
import { useItemName } from "../../data/items.ts";
import type { Item } from "../../data/live.ts";
import { offeredPlaces } from "../../logic/events.ts";
import { at } from "../../router.ts";
import { today, useList } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Empty } from "../../ui/standing.tsx";
import { dayWords, timeWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";
import { Place } from "./course.tsx";
import { useToTell } from "./to-tell.ts";

export function Notices() {
  const notices = useToTell();
  const offered = offeredPlaces(useList("placement"), new Date());
  const itemName = useItemName();
  const people = useList("person");
  return (
    <Page title={t("events.notices.title")} back={at("events")} backText={t("events.title")}>
      {notices.length + offered.length === 0 && <Empty text={t("events.notices.none")} />}
      {offered.length > 0 && <h2 class="nhsuk-heading-m">{t("events.notices.offered")}</h2>}
      <ul class="kith-list">
        {offered.map((placement) => (
          <Place key={placement.id} placement={placement} />
        ))}
      </ul>
      {notices.length > 0 && <h2 class="nhsuk-heading-m">{t("events.notices.tell")}</h2>}
      <ul class="kith-list">
        {notices.map((notice) => (
          <Line key={notice.id} notice={notice} person={people.find(({ id }) => id === notice.doc.person_id)} item={itemName(notice.doc.item_kind, notice.doc.item_id)} />
        ))}
      </ul>
    </Page>
  );
}

interface LineProps {
  readonly notice: Item<"notice">;
  readonly person: Item<"person"> | undefined;
  readonly item: string;
}

function Line({ notice: { doc }, person, item }: LineProps) {
  const phone = person?.doc.phone;
  const when = doc.on ? capital(dayWords(doc.on, today())) : "";
  const time = doc.from_time ? `, ${timeWords(doc.from_time)}` : "";
  const why = [doc.reason ? label("cancel_reason", doc.reason) : "", doc.note ?? ""].filter(Boolean).join(". ");
  return (
    <li class="kith-list__item kith-entry">
      <a class="kith-entry__name" href={at("people", doc.person_id)}>{person ? nameOf(person) : t("events.course.somebody")}</a>
      <span class="kith-row__text">
        <strong>{t(doc.status === "withdrawn" ? "events.notices.on" : `events.notices.${doc.type}`)}</strong>
        <br />
        {item}
        {when && <><br />{when}{time}</>}
        {why && doc.status === "active" && <><br />{why}</>}
      </span>
      {phone && <a class="kith-more" href={`tel:${phone.replaceAll(" ", "")}`}>{t("events.notices.ring", { phone })}</a>}
    </li>
  );
}
