/** One course: when, how many places, who of one's own people is on it or waits; enrol, accept, leave; its registers. */

import { useState } from "preact/hooks";
import { useItemName } from "../../data/items.ts";
import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { nameOf } from "../../data/caseload.ts";
import { couldEnrol, courseState, keepsGroup, onCourse, registerDays } from "../../logic/events.ts";
import { at } from "../../router.ts";
import { today, useAccount, useList, useOnce, useOne, useReach } from "../../ui/context.ts";
import { Radios } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, ButtonLink, type Fact, Facts, LinkButton, Row } from "../../ui/parts.tsx";
import { Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { clockOf, dateWords, dayOf, dayWords, timeWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";
import { AddToCalendar } from "./calendar.tsx";
import { placesWords } from "./events.tsx";

export function Course({ id }: { readonly id: string }) {
  const account = useAccount();
  const course = useOne("course", id);
  const count = useList("place_count").find((one) => one.id === id);
  const nameOfItem = useItemName();
  if (course === undefined) return null;
  if (course === null) return <Gone kind="course" back={at("events")} />;
  const { doc } = course;
  const isWorker = account.roles.some((role) => role === "prescriber" || role === "outreach");
  const facts: Fact[] = [
    { name: t("events.course.group"), value: <a href={at("items", "asset", doc.asset_id)}>{nameOfItem("asset", doc.asset_id)}</a> },
    { name: t("events.course.from"), value: dateWords(doc.starts_on) },
    ...(doc.ends_on ? [{ name: t("events.course.until"), value: dateWords(doc.ends_on) }] : []),
    { name: t("events.course.sessions"), value: t("events.course.days", { count: doc.sessions_on.length }) },
    { name: t("events.course.placesName"), value: placesWords(course, count) },
    ...(doc.enrol_until_on ? [{ name: t("events.course.enrolUntil"), value: dateWords(doc.enrol_until_on) }] : []),
  ];
  return (
    <Page title={doc.name} back={at("events")} backText={t("events.title")}>
      <RefusedNotice kind="course" id={id} />
      <Standing item={course} />
      {doc.description && <p class="kith-written">{doc.description}</p>}
      <Facts facts={facts} />
      {isWorker && <People course={course} />}
      {isWorker && <Registers course={course} />}
      {keepsGroup(account, doc.asset_id) && <ButtonLink look="secondary" href={at("events", "course", id, "edit")}>{t("events.edit.change")}</ButtonLink>}
      <AddToCalendar course={course} />
    </Page>
  );
}

function People({ course }: { readonly course: Item<"course"> }) {
  const placements = useList("placement");
  const on = onCourse(course.id, placements);
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("events.course.people")}</h2>
      {on.length === 0 && <p>{t("events.course.nobody")}</p>}
      <ul class="kith-list">
        {on.map((placement) => (
          <Place key={placement.id} placement={placement} />
        ))}
      </ul>
      <Enrol course={course} />
    </>
  );
}

function usePersonName(): (id: string) => string {
  const people = useList("person");
  return (id) => {
    const person = people.find((one) => one.id === id);
    return person ? nameOf(person) : t("events.course.somebody");
  };
}

export function Place({ placement }: { readonly placement: Item<"placement"> }) {
  const reach = useReach();
  const name = usePersonName()(placement.doc.person_id);
  const { doc, commands } = placement;
  const once = useOnce(`${doc.place_held} ${commands.length}`);
  const tell = (what: string, said: string) => async (): Promise<void> => {
    reach.say(said, await command(reach, "placement", placement.id, what));
  };
  const waits = commands.length > 0;
  const until = doc.offered_until_at ? momentWords(new Date(doc.offered_until_at)) : "";
  return (
    <li class="kith-list__item kith-entry">
      <a class="kith-entry__name" href={at("people", doc.person_id)}>{name}</a>
      <span class="kith-row__text">{waits ? t("events.place.asked") : t(`events.place.${doc.place_held}`, { position: doc.waiting_position ?? 0, until })}</span>
      <RefusedNotice kind="placement" id={placement.id} />
      <Standing item={placement} />
      {!waits && doc.place_held === "offered" && <Button onClick={() => once(tell("accept_place", t("events.place.taken")))}>{t("events.place.take")}<span class="nhsuk-u-visually-hidden">: {name}</span></Button>}
      {!waits && (
        <LinkButton onClick={() => once(tell("decline_place", t("events.place.left")))}>
          {t(doc.place_held === "accepted" ? "events.place.leave" : "events.place.leaveQueue")}
          <span class="nhsuk-u-visually-hidden">: {name}</span>
        </LinkButton>
      )}
    </li>
  );
}

function momentWords(moment: Date): string {
  return `${dayWords(dayOf(moment), today())}, ${timeWords(clockOf(moment))}`;
}

function Enrol({ course }: { readonly course: Item<"course"> }) {
  const reach = useReach();
  const [id, setId] = useState("");
  const [isMissing, setIsMissing] = useState(false);
  const name = usePersonName();
  const count = useList("place_count").find((one) => one.id === course.id);
  const could = couldEnrol(course, useList("placement"));
  const once = useOnce(could.length);
  const state = courseState(course, count?.doc, today());
  if (state !== "places" && state !== "queue") return null;
  if (could.length === 0) return <p>{t("events.course.chooseFirst")}</p>;
  const enrol = async (): Promise<boolean> => {
    setIsMissing(id === "");
    if (id === "") return false;
    reach.say(t("events.course.enrolled"), await command(reach, "placement", id, "enrol", { course_id: course.id }));
    setId("");
    return true;
  };
  return (
    <>
      <Radios id="enrol" label={t("events.course.who")} options={could.map((one) => ({ value: one.id, label: name(one.doc.person_id) }))} value={id} onChange={setId} error={isMissing ? t("events.course.whoMissing") : undefined} />
      <Button onClick={() => once(enrol)}>{t(state === "places" ? "events.course.enrol" : "events.course.wait")}</Button>
    </>
  );
}

function Registers({ course }: { readonly course: Item<"course"> }) {
  const days = registerDays(course, today());
  if (days.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("events.register.title")}</h2>
      <ul class="kith-list">
        {days.map((on) => (
          <Row key={on} href={at("events", "register", course.id, on)} name={dateWords(on)} />
        ))}
      </ul>
    </>
  );
}
