/** Parts of the page of one thing: the days that come, its courses, and whom to tell that something is wrong. */

import type { ScheduleDoc } from "@generated/contract.ts";
import type { Item } from "../../data/live.ts";
import { comingDays } from "../../logic/coming.ts";
import { today, useList } from "../../ui/context.ts";
import { dateWords, dayWords, timeWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

const MOST_DAYS = 4;

export function ComingUp({ schedules }: { readonly schedules: readonly ScheduleDoc[] }) {
  const days = comingDays(schedules, today(), MOST_DAYS);
  return (
    <ul class="nhsuk-list kith-coming">
      {days.map((day) => {
        const on = `${dayWords(day.on, today())}, ${timeWords(day.from_time)}`;
        const off = day.reason ? t("shortlist.item.offWhy", { on, reason: label("cancel_reason", day.reason) }) : t("shortlist.item.off", { on });
        return <li key={`${day.on} ${day.from_time}`}>{day.off ? <strong>{off}</strong> : capital(on)}</li>;
      })}
    </ul>
  );
}

export function Courses({ asset }: { readonly asset: Item<"asset"> }) {
  const counts = useList("place_count");
  const courses = useList("course").filter(({ doc }) => doc.asset_id === asset.id && doc.status === "open" && (doc.ends_on ?? doc.starts_on) >= today());
  if (courses.length === 0) return null;
  return (
    <section aria-labelledby="courses">
      <h2 class="nhsuk-heading-m" id="courses">{t("shortlist.fact.courses")}</h2>
      <ul class="nhsuk-list nhsuk-list--bullet">
        {courses.map(({ id, doc }) => {
          const count = counts.find((one) => one.id === id)?.doc;
          const until = doc.enrol_until_on ?? doc.starts_on;
          const told = [
            t("shortlist.item.course", { name: doc.name, sessions: t("shortlist.item.sessions", { count: Math.max(1, doc.sessions_on.length) }), date: dateWords(doc.starts_on) }),
            placesLeft(count?.places_open ?? doc.places),
            ...(count?.waiting ? [t("shortlist.item.waiting", { count: count.waiting })] : []),
            until < today() ? t("shortlist.item.enrolOver") : t("shortlist.item.enrolUntil", { date: dateWords(until) }),
          ];
          return <li key={id}>{told.map((line) => <div key={line}>{line}</div>)}</li>;
        })}
      </ul>
    </section>
  );
}

function placesLeft(open: number): string {
  return open === 0 ? t("shortlist.item.full") : t("shortlist.item.placesLeft", { count: open });
}

/** Whoever keeps the directory here can put right what is wrong; their number and address are theirs as an organisation. */
export function Wrong({ item }: { readonly item: Item<"asset"> }) {
  const centre = useList("organisation").map(({ doc }) => doc).find((doc) => doc.type === "centre" && (doc.email || doc.phone));
  if (!centre) return null;
  const { name } = centre;
  return (
    <p class="kith-no-print">
      <strong>{t("shortlist.item.centre")}</strong>{" "}
      {centre.email && <a href={`mailto:${centre.email}?subject=${encodeURIComponent(item.doc.name)}`}>{t("shortlist.item.centreMail", { name })}</a>}{" "}
      {centre.phone && <a href={`tel:${centre.phone.replaceAll(" ", "")}`}>{t("shortlist.item.centreCall", { name, phone: centre.phone })}</a>}
    </p>
  );
}
