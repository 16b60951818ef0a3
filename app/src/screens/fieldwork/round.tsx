/** One round: how far it is, the next door, and every stretch of it in walking order. */

import { type RoundSeen, useOwnVisits, useRound, useSurveyDrafts } from "../../data/fieldwork.ts";
import { patch } from "../../data/write.ts";
import { meanwhile, nextDoor, type Stretch } from "../../logic/doorstep.ts";
import { today, useOne, useOnce, useReach } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button, ButtonLink, Details, Facts, Notice, Row } from "../../ui/parts.tsx";
import { Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { dateWords } from "../../words/dates.ts";
import { listWords } from "../../words/plain.ts";
import { t } from "../../words/t.ts";
import { CoverageWords } from "./coverage.tsx";
import { toDoor, toEditRound, toRounds, toStretch } from "./places.ts";

const NAMED = 12;

export function RoundPage({ id }: { readonly id: string }) {
  const seen = useRound(id);
  if (seen === undefined) return null;
  if (seen === null) return <Gone kind="round" back={toRounds()} />;
  const { round, stretches, coverage } = seen;
  return (
    <Page title={round.doc.name} back={toRounds()} backText={t("fieldwork.title")}>
      <RefusedNotice kind="round" id={id} />
      <Standing item={round} />
      <Meanwhile seen={seen} />
      <CoverageWords coverage={coverage} />
      {round.doc.status === "closed" ? <Notice><p>{t("fieldwork.round.isClosed")}</p></Notice> : <Next seen={seen} />}
      {stretches.length > 0 && <h2 class="nhsuk-heading-m">{t("fieldwork.round.streets")}</h2>}
      <ul class="kith-list">
        {stretches.map((stretch) => (
          <StretchRow key={stretch.first} id={id} stretch={stretch} />
        ))}
      </ul>
      <About seen={seen} />
    </Page>
  );
}

/** The survey that was begun and not ended comes first; then the next door. */
function Next({ seen }: { readonly seen: RoundSeen }) {
  const drafts = useSurveyDrafts();
  const begun = seen.doors.find((door) => drafts.has(door.id));
  const next = nextDoor(begun ? seen.doors.filter((door) => !drafts.has(door.id)) : seen.doors, begun?.number ?? lastVisited(seen));
  return (
    <div class="kith-big">
      {begun && <ButtonLink href={toDoor(begun.id)}>{t("fieldwork.round.on", { number: begun.number })}</ButtonLink>}
      {next && (
        <ButtonLink href={toDoor(next.id)} look={begun ? "secondary" : "primary"}>
          {t(next.state === "todo" ? "fieldwork.round.next" : "fieldwork.round.again", { number: next.number })}
        </ButtonLink>
      )}
      {!begun && !next && seen.doors.length > 0 && <p>{t("fieldwork.round.all")}</p>}
    </div>
  );
}

/** The number of the door that was visited last, from which one walks on. */
function lastVisited({ doors }: Pick<RoundSeen, "doors">): number {
  let last = { on: "", id: "", number: 0 };
  for (const { number, visits } of doors) {
    const visit = visits.at(-1);
    if (visit && (visit.doc.visited_on > last.on || (visit.doc.visited_on === last.on && visit.id > last.id))) last = { on: visit.doc.visited_on, id: visit.id, number };
  }
  return last.number;
}

function Meanwhile({ seen }: { readonly seen: RoundSeen }) {
  const numbers = meanwhile(seen.doors, useOwnVisits(), today());
  if (numbers.length === 0) return null;
  const named = numbers.slice(0, NAMED).map(String);
  return (
    <Notice>
      <p role="status">
        {t("fieldwork.round.meanwhile", { count: numbers.length, numbers: listWords(numbers.length > NAMED ? [...named, t("fieldwork.round.more")] : named) })}
      </p>
    </Notice>
  );
}

function StretchRow({ id, stretch }: { readonly id: string; readonly stretch: Stretch }) {
  const left = stretch.doors.filter((door) => door.state === "todo").length;
  const { first, last } = stretch;
  return (
    <Row href={toStretch(id, first)} name={stretchWords(stretch)}>
      {left === 0 ? t("fieldwork.round.leftNone") : t("fieldwork.round.left", { count: left })} · {t("fieldwork.doors", { count: last - first + 1 })}
    </Row>
  );
}

export function stretchWords({ first, last }: Pick<Stretch, "first" | "last">): string {
  return first === last ? t("fieldwork.round.one", { first }) : t("fieldwork.round.stretch", { first, last });
}

function About({ seen: { round } }: { readonly seen: RoundSeen }) {
  const reach = useReach();
  const survey = useOne("survey", round.doc.survey_id ?? "");
  const isClosed = round.doc.status === "closed";
  const once = useOnce(round.doc.status);
  const turn = async (): Promise<void> => {
    const mids = await patch(reach, "round", round.id, { status: isClosed || round.doc.status === "planned" ? "open" : "closed" });
    reach.say(t(isClosed ? "fieldwork.round.opened" : "fieldwork.round.closed"), mids);
  };
  return (
    <Details summary={t("fieldwork.round.manage")}>
      <p>{t("fieldwork.round.paper")}</p>
      <Facts
        facts={[
          { name: t("fieldwork.round.survey"), value: survey ? survey.doc.title : t("fieldwork.round.noSurvey") },
          ...(round.doc.workers.length > 0 ? [{ name: t("fieldwork.round.workers"), value: listWords(round.doc.workers) }] : []),
          ...(round.doc.ends_on ? [{ name: t("fieldwork.round.ends"), value: dateWords(round.doc.ends_on) }] : []),
        ]}
      />
      <ButtonLink look="secondary" href={toEditRound(round.id)}>{t("fieldwork.make.change")}</ButtonLink>
      <Button look="secondary" onClick={() => once(turn)}>
        {t(round.doc.status === "open" ? "fieldwork.round.close" : "fieldwork.round.reopen")}
      </Button>
    </Details>
  );
}
