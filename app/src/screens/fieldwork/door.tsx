/** At a door: one tap says what came of it, and the next door is there. */

import { useDraftOnce, useOwnVisits, surveyDraft, visited } from "../../data/fieldwork.ts";
import { nextDoor, type Visit } from "../../logic/doorstep.ts";
import { at, go } from "../../router.ts";
import { today, useList, useOnce, useReach } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button, ButtonLink, LinkButton, Notice } from "../../ui/parts.tsx";
import { Gone, RefusedNotice } from "../../ui/standing.tsx";
import { dayWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";
import { HelpWanted } from "./help.tsx";
import { toDoor, toRound, toRounds, toStretch, toSurvey } from "./places.ts";
import { type AtDoor, useDoor } from "./use-door.ts";

export function DoorPage({ id }: { readonly id: string }) {
  const seen = useDoor(id);
  if (seen === undefined) return null;
  if (seen === null) return <Gone kind="household" back={toRounds()} />;
  const { door, round, stretches } = seen;
  const stretch = stretches.find(({ first, last }) => first <= door.number && door.number <= last);
  return (
    <Page
      title={t("fieldwork.door", { number: door.number })} caption={round.doc.name}
      back={stretch ? toStretch(round.id, stretch.first) : toRound(round.id)} backText={t("fieldwork.at.list")}
    >
      <p class="kith-door-state">
        <span class={`kith-mark kith-mark--${door.state}`} aria-hidden="true" /> {t(`fieldwork.state.${door.state}`)}
      </p>
      {round.doc.status === "closed" ? <p>{t("fieldwork.round.isClosed")}</p> : <Doing seen={seen} />}
      <HelpWanted doorId={id} />
      <Before visits={door.visits} />
      <Beside seen={seen} />
    </Page>
  );
}

function Doing({ seen }: { readonly seen: AtDoor }) {
  const reach = useReach();
  const { door, doors, round } = seen;
  const draft = useDraftOnce(surveyDraft(door.id));
  const once = useOnce(door.visits.length);
  const write = (outcome: "not_in" | "refused") => async (): Promise<void> => {
    const id = await visited(reach, round, door.id, { outcome });
    const next = nextDoor(doors, door.number);
    go(next && next.id !== door.id ? toDoor(next.id) : toRound(round.id));
    reach.say(t("fieldwork.at.saved", { number: door.number, state: t(`fieldwork.state.${outcome}`) }), await reach.midsOf(id));
  };
  return (
    <>
      {door.state === "done" && <p>{t("fieldwork.at.done")}</p>}
      <div class="kith-big">
        {round.doc.survey_id && <ButtonLink href={toSurvey(door.id, draft?.step)} look={door.state === "done" ? "secondary" : "primary"}>{t(draft ? "fieldwork.at.resume" : "fieldwork.at.survey")}</ButtonLink>}
        {door.state !== "done" && (
          <>
            <Button look="secondary" onClick={() => once(write("not_in"))}>{t("fieldwork.at.notIn")}</Button>
            <ButtonLink look="secondary" href={at("doorstep", "doors", door.id, "back")}>{t("fieldwork.at.comeBack")}</ButtonLink>
            <Button look="secondary" onClick={() => once(write("refused"))}>{t("fieldwork.at.refused")}</Button>
          </>
        )}
      </div>
    </>
  );
}

/** What came of this door before, here and by colleagues. */
function Before({ visits }: { readonly visits: readonly Visit[] }) {
  const reach = useReach();
  const pending = new Set(useList("visit").filter((visit) => visit.pending).map((visit) => visit.id));
  const own = useOwnVisits();
  const once = useOnce(visits.length);
  if (visits.length === 0) return null;
  const remove = (id: string) => async (): Promise<void> => {
    const mids = await reach.midsOf(id);
    // What was never sent is taken back whole; what was, is removed for everybody.
    for (const mid of mids) await reach.kith.client.undo(mid);
    if (mids.length === 0) await reach.kith.client.remove("visit", id);
    reach.engine.soon();
    reach.say(t("fieldwork.at.removed"));
  };
  const isBoth = visits.filter((visit) => visit.doc.visited_on === today()).length > 1;
  return (
    <>
      <h2 class="nhsuk-heading-s">{t("fieldwork.at.before")}</h2>
      {isBoth && <Notice attention><p>{t("fieldwork.at.both")}</p></Notice>}
      <ul class="kith-plain">
        {[...visits].reverse().map(({ id, doc }) => (
          <li key={id}>
            {t(`fieldwork.state.${doc.outcome}`)}, {dayWords(doc.visited_on, today())}
            {own.has(id) && ` (${t("fieldwork.at.here")}${pending.has(id) ? `, ${t("fieldwork.at.waiting")}` : ""})`}
            {doc.onward > 0 && <span class="kith-row__text">{t("fieldwork.at.wanted", { count: doc.onward })}</span>}
            {doc.said && <span class="kith-written kith-row__text">{t("fieldwork.at.said", { words: doc.said })}</span>}
            <RefusedNotice kind="visit" id={id} />
            {own.has(id) && <LinkButton onClick={() => once(remove(id))}>{t("fieldwork.at.remove", { day: dayWords(doc.visited_on, today()) })}</LinkButton>}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The doors on either side, whatever came of them. */
function Beside({ seen: { doors, place } }: { readonly seen: AtDoor }) {
  const [before, after] = [doors[place - 1], doors[place + 1]];
  return (
    <nav class="kith-beside" aria-label={t("fieldwork.nextDoors")}>
      {before ? <a href={toDoor(before.id)}>{t("fieldwork.at.previous", { number: before.number })}</a> : <span />}
      {after && <a href={toDoor(after.id)}>{t("fieldwork.at.following", { number: after.number })}</a>}
    </nav>
  );
}
