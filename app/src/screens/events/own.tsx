/** One's own group, for whoever runs it: its times and sessions, its courses with how many, its record. Never who comes. */

import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { comingDays, type SessionDay } from "../../logic/events.ts";
import { scheduleWords } from "../../logic/session.ts";
import { at } from "../../router.ts";
import { today, useAccount, useList, useOnce, useOne, useReach } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { ButtonLink, Facts, LinkButton, Row } from "../../ui/parts.tsx";
import { Empty, Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { dayWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";
import { placesFacts } from "../upkeep/entry.tsx";
import { CoursesOf } from "./courses-of.tsx";

export function OwnGroup({ id }: { readonly id: string }) {
  const account = useAccount();
  const asset = useOne("asset", id);
  const schedules = useList("schedule").filter(({ doc }) => doc.item_id === id);
  const count = useOne("place_count", id);
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
      <ButtonLink look="secondary" href={at("events", "group", id, "time", "new")}>{t("upkeep.addTime")}</ButtonLink>
      <CoursesOf assetId={id} />
      <p class="kith-quiet">{t("events.own.noNames")}</p>
      <h2 class="nhsuk-heading-m">{t("events.own.record")}</h2>
      <Facts facts={placesFacts(asset.doc, count?.doc)} />
      <ButtonLink look="secondary" href={at("events", "group", id, "edit")}>{t("events.own.change")}</ButtonLink>
    </Page>
  );
}

function Sessions({ schedule }: { readonly schedule: Item<"schedule"> }) {
  return (
    <>
      <p>
        {scheduleWords(schedule.doc, today())}{" "}
        <a class="kith-more" href={at("events", "group", schedule.doc.item_id, "time", schedule.id)}>{t("upkeep.editTime")}</a>
      </p>
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
  const once = useOnce(day.isOff);
  const restore = async (): Promise<void> => {
    reach.say(t("events.own.restored"), await command(reach, "schedule", schedule.id, "restore_date", { on: day.on }));
  };
  const name = capital(dayWords(day.on, today()));
  if (!day.isOff) return <Row href={at("events", "off", schedule.id, day.on)} name={name}>{t("events.own.takesPlace")}</Row>;
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
