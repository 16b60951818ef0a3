/** One's own group, for whoever runs it: its times and sessions, its courses with how many, its record. Never who comes. */

import { useState } from "preact/hooks";
import type { Item } from "../../data/live.ts";
import { command, patch } from "../../data/write.ts";
import { comingDays, coursesNow, type SessionDay } from "../../logic/events.ts";
import { scheduleWords } from "../../logic/session.ts";
import { at } from "../../router.ts";
import { today, useAccount, useList, useOnce, useOne, useReach } from "../../ui/context.ts";
import { Form, TextArea, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, Details, LinkButton, Row } from "../../ui/parts.tsx";
import { Empty, Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { dayWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";
import { CourseRow } from "./events.tsx";

export function OwnGroup({ id }: { readonly id: string }) {
  const account = useAccount();
  const asset = useOne("asset", id);
  const schedules = useList("schedule").filter(({ doc }) => doc.item_id === id);
  const courses = coursesNow(useList("course").filter(({ doc }) => doc.asset_id === id), today());
  const counts = useList("place_count");
  if (asset === undefined) return null;
  if (asset === null || !account.asset_ids.includes(id)) return <Gone kind="asset" back={at("events")} />;
  return (
    <Page title={asset.doc.name} back={at("events")} backText={t("events.title")}>
      <RefusedNotice kind="asset" id={id} />
      <Standing item={asset} />
      <h2 class="nhsuk-heading-m">{t("events.own.sessions")}</h2>
      {schedules.length === 0 && <Empty text={t("events.own.noSessions")} />}
      {schedules.map((schedule) => (
        <Sessions key={schedule.id} schedule={schedule} />
      ))}
      <h2 class="nhsuk-heading-m">{t("events.courses")}</h2>
      {courses.length === 0 && <Empty text={t("events.noCourses")} />}
      <ul class="kith-list">
        {courses.map((course) => (
          <CourseRow key={course.id} course={course} count={counts.find((one) => one.id === course.id)} />
        ))}
      </ul>
      <p class="kith-quiet">{t("events.own.noNames")}</p>
      <Details summary={t("events.own.change")}>
        <Edit asset={asset} />
      </Details>
    </Page>
  );
}

function Sessions({ schedule }: { readonly schedule: Item<"schedule"> }) {
  return (
    <>
      <p>{scheduleWords(schedule.doc, today())}</p>
      <RefusedNotice kind="schedule" id={schedule.id} />
      <Standing item={schedule} />
      <ul class="kith-list">
        {comingDays(schedule, today()).map((day) => (
          <Day key={day.on} schedule={schedule} day={day} />
        ))}
      </ul>
    </>
  );
}

function Day({ schedule, day }: { readonly schedule: Item<"schedule">; readonly day: SessionDay }) {
  const reach = useReach();
  const asked = schedule.commands.filter(({ args }) => args["on"] === day.on).at(-1)?.name;
  const once = useOnce(`${day.isOff} ${asked}`);
  const isOff = asked === undefined ? day.isOff : asked === "cancel_date";
  const restore = async (): Promise<void> => {
    reach.say(t("events.own.restored"), await command(reach, "schedule", schedule.id, "restore_date", { on: day.on }));
  };
  const name = capital(dayWords(day.on, today()));
  if (!isOff) return <Row href={at("events", "off", schedule.id, day.on)} name={name}>{t("events.own.takesPlace")}</Row>;
  return (
    <li class="kith-list__item kith-entry">
      <span class="kith-entry__name">{name}</span>
      <span class="kith-row__text">
        <strong>{t("events.own.off")}</strong>
        {day.reason && ` ${label("cancel_reason", day.reason as never)}. `}
        {day.note}
      </span>
      <LinkButton onClick={() => once(restore)}>
        {t("events.own.restore")}
        <span class="nhsuk-u-visually-hidden">: {name}</span>
      </LinkButton>
    </li>
  );
}

function Edit({ asset }: { readonly asset: Item<"asset"> }) {
  const reach = useReach();
  const [description, setDescription] = useState(asset.doc.description ?? "");
  const [phone, setPhone] = useState(asset.doc.phone ?? "");
  const [email, setEmail] = useState(asset.doc.email ?? "");
  const once = useOnce(`${description} ${phone} ${email}`);
  const save = async (): Promise<void> => {
    const mids = await patch(reach, "asset", asset.id, { description: description.trim() || null, phone: phone.trim() || null, email: email.trim() || null });
    reach.say(t(mids.length > 0 ? "events.own.saved" : "events.own.same"), mids);
  };
  return (
    <Form onSubmit={() => once(save)}>
      <TextArea id="description" label={t("events.own.description")} value={description} onChange={setDescription} />
      <TextField id="phone" type="tel" label={t("events.own.phone")} value={phone} onChange={setPhone} maxLength={40} />
      <TextField id="email" type="email" label={t("events.own.email")} value={email} onChange={setEmail} />
      <Button type="submit">{t("events.own.save")}</Button>
    </Form>
  );
}
