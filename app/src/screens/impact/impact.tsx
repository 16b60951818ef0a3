/** Hours, tasks and thanks of a volunteer, by month and year. */

import { useMemo } from "preact/hooks";
import { givenBy, type Impact, impactIn, monthsOf } from "../../logic/impact.ts";
import { today, useList } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { type Fact, Facts } from "../../ui/parts.tsx";
import { Empty } from "../../ui/standing.tsx";
import { dayOf, dayWords } from "../../words/dates.ts";
import { minutesWords } from "../../words/minutes.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";
import { Chart } from "./chart.tsx";
import { Share } from "./share.tsx";

const localDay = (instant: string): string => dayOf(new Date(instant));

export function MyImpact({ volunteerId }: { readonly volunteerId: string }) {
  const [claims, exchanges, entries] = [useList("claim"), useList("exchange"), useList("entry")];
  const on = today();
  const given = useMemo(() => givenBy(volunteerId, claims, exchanges, entries, localDay), [volunteerId, claims, exchanges, entries]);
  const thanked = claims.filter(({ doc }) => doc.volunteer_id === volunteerId && doc.thanks !== null && doc.thanked_at !== null);
  const days = thanked.map(({ doc }) => localDay(doc.thanked_at ?? ""));
  const [month, year] = [impactIn(on.slice(0, 7), given, days), impactIn(on.slice(0, 4), given, days)];
  return (
    <Page title={t("me.impact.title")}>
      {given.length === 0 ? <Empty text={t("me.impact.none")} /> : (
        <>
          <p class="kith-big">{t("me.impact.thisYear", { time: minutesWords(year.minutes) })}</p>
          <h2 class="nhsuk-heading-m">{t("me.impact.month")}</h2>
          <Facts facts={factsOf(month)} />
          <h2 class="nhsuk-heading-m">{t("me.impact.year", { year: on.slice(0, 4) })}</h2>
          <Facts facts={factsOf(year)} />
          <Chart months={monthsOf(on.slice(0, 4), given, on)} />
          {thanked.length > 0 && <h2 class="nhsuk-heading-m">{t("me.impact.thanks")}</h2>}
          {thanked.sort((a, b) => ((a.doc.thanked_at ?? "") < (b.doc.thanked_at ?? "") ? 1 : -1)).map(({ id, doc }) => (
            <figure class="kith-thanked" key={id}>
              <blockquote class="kith-thanks">{doc.thanks}</blockquote>
              <figcaption class="kith-quiet">{capital(dayWords(localDay(doc.thanked_at ?? ""), on))}</figcaption>
            </figure>
          ))}
          <Share year={on.slice(0, 4)} impact={year} />
        </>
      )}
    </Page>
  );
}

function factsOf({ minutes, tasks, exchanges, sessions, thanks }: Impact): Fact[] {
  return [
    { name: t("me.impact.time"), value: minutes === 0 ? t("me.impact.nothing") : minutesWords(minutes) },
    { name: t("me.impact.tasks"), value: tasks },
    ...(exchanges > 0 ? [{ name: t("me.impact.exchanges"), value: exchanges }] : []),
    ...(sessions > 0 ? [{ name: t("me.impact.sessions"), value: sessions }] : []),
    { name: t("me.impact.helped"), value: t("me.impact.times", { count: tasks + exchanges + sessions }) },
    { name: t("me.impact.thanked"), value: t("me.impact.times", { count: thanks }) },
  ];
}
