/** Enquiries by the step that each stands at: who waits longest at a step comes first. */

import { useMemo } from "preact/hooks";
import { useVolunteerNames } from "../../data/centre.ts";
import type { Item } from "../../data/live.ts";
import { ENDS, sinceOf, WAY } from "../../logic/newcomers.ts";
import { at } from "../../router.ts";
import { today, useLoaded } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { ButtonLink, Details, Row } from "../../ui/parts.tsx";
import { Empty } from "../../ui/standing.tsx";
import { dateWords, dayWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

const AT_ONCE = 40;

export function Enquiries() {
  const enquiries = useLoaded("enquiry");
  const byStep = useMemo(() => grouped(enquiries ?? []), [enquiries]);
  const ended = ENDS.flatMap((step) => byStep.get(step) ?? []).concat(byStep.get("at_12_weeks") ?? []);
  return (
    <Page title={t("newcomers.title")}>
      <ButtonLink href={at("newcomers", "new")}>{t("newcomers.new")}</ButtonLink>
      {enquiries && enquiries.length === 0 && <Empty text={t("newcomers.none")} />}
      {WAY.slice(0, -1).map((step) => <Step key={step} name={label("step", step)} enquiries={byStep.get(step) ?? []} />)}
      {ended.length > 0 && (
        <Details summary={t("newcomers.over", { count: ended.length })}>
          <Lines enquiries={ended} />
        </Details>
      )}
    </Page>
  );
}

function grouped(enquiries: readonly Item<"enquiry">[]): Map<string, Item<"enquiry">[]> {
  const found = new Map<string, Item<"enquiry">[]>();
  for (const one of [...enquiries].sort((a, b) => (sinceOf(a.doc) < sinceOf(b.doc) ? -1 : 1))) found.set(one.doc.status, [...(found.get(one.doc.status) ?? []), one]);
  return found;
}

function Step({ name, enquiries }: { readonly name: string; readonly enquiries: readonly Item<"enquiry">[] }) {
  if (enquiries.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-s">{t("newcomers.step", { name, n: enquiries.length })}</h2>
      <Lines enquiries={enquiries} />
    </>
  );
}

function Lines({ enquiries }: { readonly enquiries: readonly Item<"enquiry">[] }) {
  const nameOf = useVolunteerNames();
  return (
    <ul class="kith-list">
      {enquiries.slice(0, AT_ONCE).map((one) => (
        <Row key={one.id} href={at("newcomers", one.id)} name={nameOf(one.doc.volunteer_id) ?? t("newcomers.noName")}>
          {t("newcomers.since", { day: dateWords(sinceOf(one.doc)) })}
          {one.doc.check_on && ` · ${capital(t(one.doc.check_on <= today() ? "newcomers.askNow" : "newcomers.askOn", { day: dayWords(one.doc.check_on, today()) }))}`}
          {one.commands.length > 0 && ` · ${t("upkeep.waiting")}`}
        </Row>
      ))}
    </ul>
  );
}
