/** Days of employers' teams, for the two sides that agree on them: the employer, and the centre. */

import type { Account } from "@contract/sync/index.ts";
import type { Item } from "../../data/live.ts";
import { at } from "../../router.ts";
import { today, useAccount, useList } from "../../ui/context.ts";
import { ButtonLink, Row } from "../../ui/parts.tsx";
import { Empty } from "../../ui/standing.tsx";
import { dayWords } from "../../words/dates.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

export type Side = "employer" | "centre";

export function useSide(): Side {
  return useAccount().roles.includes("employer") ? "employer" : "centre";
}

/** Whether days of teams are this account's business at all. */
export function hasTeams({ roles }: Pick<Account, "roles">): boolean {
  return roles.includes("employer") || roles.includes("centre");
}

/** Those that wait for this side's word come first, then the latest. */
export function Teams() {
  const side = useSide();
  const waits = ({ doc }: Item<"team_event">): boolean => doc.status === "asked" && doc.asked_by !== side;
  const events = [...useList("team_event")].sort((a, b) => Number(waits(b)) - Number(waits(a)) || (a.doc.held_on < b.doc.held_on ? 1 : -1));
  const roles = new Map(useList("opportunity").map(({ id, doc }) => [id, doc.name]));
  const employers = new Map(useList("employer").map(({ id, doc }) => [id, doc.name]));
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("events.team.title")}</h2>
      {events.length === 0 && <Empty text={t("events.team.none")} />}
      {events.length > 0 && (
        <ul class="kith-list">
          {events.map((event) => (
            <Row key={event.id} href={at("events", "team", event.id)} name={roles.get(event.doc.opportunity_id) ?? t("events.team.one")}>
              {side === "centre" && `${employers.get(event.doc.employer_id) ?? t("events.team.employer")} · `}
              {capital(dayWords(event.doc.held_on, today()))} · {t("events.team.people", { count: event.doc.places })} · {waits(event) ? t("events.team.yours") : t(`events.team.status.${event.doc.status}`)}
            </Row>
          ))}
        </ul>
      )}
      <ButtonLink look="secondary" href={at("events", "team", "new")}>{t(`events.team.ask.${side}`)}</ButtonLink>
    </>
  );
}

/** Where its list is: an employer has it among what is on, a centre among what is asked of it. */
export function listOfTeams(side: Side): { readonly back: string; readonly backText: string } {
  return side === "employer" ? { back: at("events"), backText: t("events.title") } : { back: at("requests"), backText: t("requests.title") };
}
