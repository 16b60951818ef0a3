/** Home of those who support people: a new referral, what was left unfinished, what is due. */

import { useEffect } from "preact/hooks";
import { nameOf } from "../../data/caseload.ts";
import { readRanker } from "../../rank/pack.ts";
import { at } from "../../router.ts";
import { today, useIsLoaded, useReach } from "../../ui/context.ts";
import { ButtonLink, Row } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";
import { EventsToday } from "../events/today.tsx";
import { Calls } from "./calls.tsx";
import { Unfinished } from "./unfinished.tsx";
import { dueText, useCaseload } from "./use-caseload.ts";

const SHOWN = 5;
const WARM_AFTER_MS = 1500;

/** Have the shortlist and its ranker at hand before somebody asks for them. */
function useWarmShortlist(): void {
  const { kith } = useReach();
  useEffect(() => {
    const timer = setTimeout(() => {
      void import("../shortlist/shortlist.tsx");
      kith.live.get("pack", () => readRanker(kith));
    }, WARM_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
}

export function WorkerToday() {
  useWarmShortlist();
  const due = (useCaseload() ?? []).filter((line) => line.due !== null && line.due.by <= today());
  const isLoaded = useIsLoaded();
  return (
    <>
      <ButtonLink href={at("referrals", "new")}>{t("caseload.newReferral")}</ButtonLink>
      <Unfinished />
      <EventsToday />
      <Calls />
      <h2 class="nhsuk-heading-m">{t("caseload.whatIsDue")}</h2>
      {due.length === 0 ? (
        <p>{t(isLoaded ? "caseload.nothingDue" : "caseload.dueToCome")}</p>
      ) : (
        <ul class="kith-list">
          {due.slice(0, SHOWN).map(({ person, due: next }) => (
            <Row key={person.id} href={at("people", person.id)} name={nameOf(person)}>
              {next && dueText(next)}
            </Row>
          ))}
        </ul>
      )}
      <p>
        <a class="kith-more" href={at("people")}>{due.length > SHOWN ? t("caseload.allDue", { count: due.length }) : t("caseload.everyone")}</a>
      </p>
    </>
  );
}
