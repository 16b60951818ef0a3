/** What is on: one's own groups, what has to be told, courses with their places, team events. */

import type { Item } from "../../data/live.ts";
import { coursesNow, courseState } from "../../logic/events.ts";
import { at } from "../../router.ts";
import { today, useAccount, useList } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Row } from "../../ui/parts.tsx";
import { Empty, FirstLoading } from "../../ui/standing.tsx";
import { dateWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";
import { Teams } from "./teams.tsx";
import { useHowManyToTell } from "./today.tsx";

export function Events() {
  const account = useAccount();
  const isWorker = account.roles.some((role) => role === "prescriber" || role === "outreach");
  // A centre has them among what organisations and employers ask of it.
  const hasTeams = account.roles.includes("employer");
  return (
    <Page title={t("events.title")}>
      <FirstLoading />
      {account.asset_ids.length > 0 && <OwnGroups ids={account.asset_ids} />}
      {isWorker && <Inbox />}
      {hasTeams && <Teams />}
      <Courses />
    </Page>
  );
}

function OwnGroups({ ids }: { readonly ids: readonly string[] }) {
  const groups = useList("asset").filter(({ id }) => ids.includes(id));
  if (groups.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("events.own.title")}</h2>
      <ul class="kith-list">
        {groups.map(({ id, doc }) => (
          <Row key={id} href={at("events", "group", id)} name={doc.name}>{t("events.own.about")}</Row>
        ))}
      </ul>
    </>
  );
}

function Inbox() {
  const waiting = useHowManyToTell();
  return (
    <ul class="kith-list">
      <Row href={at("events", "notices")} name={t("events.notices.title")}>{waiting === 0 ? t("events.notices.none") : t("events.notices.count", { count: waiting })}</Row>
    </ul>
  );
}

function Courses() {
  const courses = coursesNow(useList("course"), today());
  const counts = useList("place_count");
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("events.courses")}</h2>
      {courses.length === 0 && <Empty text={t("events.noCourses")} />}
      <ul class="kith-list">
        {courses.map((course) => (
          <CourseRow key={course.id} course={course} count={counts.find(({ id }) => id === course.id)} />
        ))}
      </ul>
    </>
  );
}

interface CourseRowProps {
  readonly course: Item<"course">;
  readonly count: Item<"place_count"> | undefined;
}

export function CourseRow({ course, count }: CourseRowProps) {
  const { doc } = course;
  return (
    <Row href={at("events", "course", course.id)} name={doc.name}>
      {t(doc.starts_on > today() ? "events.course.begins" : "events.course.began", { day: dateWords(doc.starts_on) })}
      <br />
      {placesWords(course, count)}
    </Row>
  );
}

/** "2 places left", "Full. 3 people wait". */
export function placesWords(course: Item<"course">, count: Item<"place_count"> | undefined): string {
  const state = courseState(course, count?.doc, today());
  const open = count?.doc.places_open ?? course.doc.places;
  if (state === "places") return t("events.course.places", { count: open });
  if (state === "queue") return (count?.doc.waiting ?? 0) > 0 ? t("events.course.queue", { count: count?.doc.waiting ?? 0 }) : t("events.course.full");
  return t(`events.course.${state}`);
}
