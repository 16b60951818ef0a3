/** One group, service or role: what is told of it, when somebody last checked, and what can be put right. */

import type { AssetDoc, OpportunityDoc, PlaceCountDoc } from "@generated/contract.ts";
import type { Item } from "../../data/live.ts";
import { patch } from "../../data/write.ts";
import { scheduleWords } from "../../logic/session.ts";
import { assuranceOf } from "../../logic/upkeep.ts";
import { at } from "../../router.ts";
import { today, useList, useOne, useOnce, useReach } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button, ButtonLink, Details, type Fact, Facts, Notice } from "../../ui/parts.tsx";
import { Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { addDays, dateWords, dayWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { capital } from "../../words/plain.ts";
import { numberWords, t } from "../../words/t.ts";
import { CoursesOf } from "../events/courses-of.tsx";
import { standingWords } from "./list.tsx";

const A_YEAR = 365;

export type EntryKind = "asset" | "opportunity";
export type EntryItem = Item<"asset"> | Item<"opportunity">;

export function Entry({ kind, id }: { readonly kind: EntryKind; readonly id: string }) {
  const item = useOne(kind, id) as EntryItem | null | undefined;
  const organisation = useOne("organisation", item?.doc.organisation_id ?? "");
  const count = useOne("place_count", id);
  if (item === undefined) return null;
  if (item === null) return <Gone kind={kind} back={at("upkeep")} />;
  return (
    <Page title={item.doc.name} back={at("upkeep")} backText={t("upkeep.title")}>
      <RefusedNotice kind={kind} id={id} />
      <Standing item={item} />
      {item.doc.status !== "active" && <Notice attention><p>{t(`upkeep.status.${item.doc.status}`)}</p></Notice>}
      {item.kind === "asset" && <Assured item={item} />}
      {item.doc.description && <p class="kith-written">{item.doc.description}</p>}
      <Facts facts={[...factsOf(item, organisation?.doc.name ?? null), ...placesFacts(item.doc, count?.doc)]} />
      <ButtonLink look="secondary" href={at("upkeep", kind, id, "edit")}>{t("upkeep.edit")}</ButtonLink>
      <Times kind={kind} id={id} />
      {item.kind === "asset" && <CoursesOf assetId={id} />}
      <Status item={item} />
    </Page>
  );
}

function factsOf(item: EntryItem, runBy: string | null): Fact[] {
  const { doc } = item;
  const more = item.kind === "asset" ? contact(item.doc) : role(item.doc);
  return [
    { name: t("upkeep.field.category"), value: label("category", doc.category) },
    ...(runBy ? [{ name: t("upkeep.field.runBy"), value: runBy }] : []),
    ...more,
  ];
}

function contact({ address, postcode, phone, email, url }: AssetDoc): Fact[] {
  const facts: readonly (readonly [Parameters<typeof t>[0], string | null])[] = [
    ["upkeep.field.address", address], ["upkeep.field.postcode", postcode], ["upkeep.field.phone", phone], ["upkeep.field.email", email], ["upkeep.field.url", url],
  ];
  return facts.map(([name, value]) => ({ name: t(name), value: value || t("upkeep.unknown") }));
}

function role({ closes_on, commitment, min_age }: OpportunityDoc): Fact[] {
  return [
    { name: t("upkeep.field.commitment"), value: label("commitment", commitment) },
    ...(closes_on ? [{ name: t("upkeep.field.closes"), value: dateWords(closes_on) }] : []),
    { name: t("upkeep.field.age"), value: min_age === null ? t("upkeep.adults") : t("upkeep.from", { age: min_age }) },
  ];
}

/** How many fit in, how many places are left where they are counted, and whether one may simply turn up. */
export function placesFacts(doc: AssetDoc | OpportunityDoc, count: PlaceCountDoc | undefined): Fact[] {
  const { places_open, places_total } = count ?? {};
  return [
    ...(doc.group_size === null ? [] : [{ name: t("upkeep.field.size"), value: numberWords(doc.group_size) }]),
    ...(places_open == null || places_total == null ? [] : [{ name: t("events.course.placesName"), value: t("upkeep.left", { count: places_open, all: places_total }) }]),
    { name: t("upkeep.field.joining"), value: t(`upkeep.joining.${doc.referral_only ? "referral" : "open"}`) },
  ];
}

/** One tap says that somebody has rung or been there today; the next check is due in a year. */
function Assured({ item }: { readonly item: Item<"asset"> }) {
  const reach = useReach();
  const standing = assuranceOf(item.doc, today());
  const once = useOnce(item.doc.assured_on);
  const assure = async (): Promise<void> => {
    const mids = await patch(reach, "asset", item.id, { assured_on: today(), next_check_on: addDays(today(), A_YEAR) });
    reach.say(t("upkeep.assured"), mids);
  };
  return (
    <Notice attention={standing === "late" || standing === "never"}>
      <p>
        {standingWords({ standing, on: item.doc.next_check_on })}
        {item.doc.assured_on && `. ${t("upkeep.checked", { day: dayWords(item.doc.assured_on, today()) })}`}
      </p>
      {item.doc.assured_on !== today() && <Button onClick={() => once(assure)}>{t("upkeep.assure")}</Button>}
    </Notice>
  );
}

function Times({ kind, id }: { readonly kind: EntryKind; readonly id: string }) {
  const schedules = useList("schedule").filter(({ doc }) => doc.item_id === id);
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("upkeep.times")}</h2>
      {schedules.length === 0 && <p>{t("upkeep.noTimes")}</p>}
      <ul class="kith-list">
        {schedules.map((one) => (
          <li class="kith-list__item" key={one.id}>
            <a class="kith-row" href={at("upkeep", kind, id, "time", one.id)}>
              <span class="kith-row__name">{scheduleWords(one.doc, today())}</span>
              {one.doc.ends_on && one.doc.ends_on >= today() && <span class="kith-row__text">{t("upkeep.ends", { day: dayWords(one.doc.ends_on, today()) })}</span>}
              {one.doc.cancelled_on.filter((on) => on >= today()).map((on) => <span class="kith-row__text" key={on}>{capital(t("upkeep.off", { day: dayWords(on, today()) }))}</span>)}
            </a>
          </li>
        ))}
      </ul>
      <ButtonLink look="secondary" href={at("upkeep", kind, id, "time", "new")}>{t("upkeep.addTime")}</ButtonLink>
    </>
  );
}

function Status({ item }: { readonly item: EntryItem }) {
  const reach = useReach();
  const once = useOnce(item.doc.status);
  const turn = (status: AssetDoc["status"]) => async (): Promise<void> => {
    reach.say(t(`upkeep.turned.${status}`), await patch(reach, item.kind as "asset", item.id, { status }));
  };
  const others = (["active", "paused", "closed"] as const).filter((status) => status !== item.doc.status);
  return (
    <Details summary={t("upkeep.turn")}>
      <p>{t("upkeep.turnText")}</p>
      <div class="kith-buttons">
        {others.map((status) => (
          <Button key={status} look={status === "closed" ? "warning" : "secondary"} onClick={() => once(turn(status))}>{t(`upkeep.make.${status}`)}</Button>
        ))}
      </div>
    </Details>
  );
}
