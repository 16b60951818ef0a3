/** What the centre knows of a volunteer, and the ways to their own pages. */

import type { Item } from "../../data/live.ts";
import { at } from "../../router.ts";
import { today, useList } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { ButtonLink, type Fact, Facts, Row } from "../../ui/parts.tsx";
import { RefusedNotice, Standing } from "../../ui/standing.tsx";
import { slotsWords } from "../../words/candidate.ts";
import { dateWords } from "../../words/dates.ts";
import { label, labelList } from "../../words/labels.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

export function Me({ volunteer }: { readonly volunteer: Item<"volunteer"> }) {
  const { doc } = volunteer;
  const paused = doc.paused_until_on !== null && doc.paused_until_on >= today();
  return (
    <Page title={t("me.title")}>
      <RefusedNotice kind="volunteer" id={volunteer.id} />
      <Standing item={volunteer} />
      <ul class="kith-list">
        <Row href={at("me", "pause")} name={t("me.pause.title")}>{paused ? t("me.pause.now", { date: dateWords(doc.paused_until_on ?? "") }) : t("me.pause.about")}</Row>
        <Row href={at("impact")} name={t("me.impact.title")}>{t("me.impact.about")}</Row>
        <Row href={at("roles")} name={t("roles.title")}>{t("roles.about")}</Row>
        {doc.employer_id && <Row href={at("me", "leave")} name={t("me.leave.title")}>{t("me.leave.about")}</Row>}
      </ul>
      <h2 class="nhsuk-heading-m">{t("me.sees")}</h2>
      <Facts facts={ownFacts(volunteer)} />
      <ButtonLink href={at("me", "edit")}>{t("me.change")}</ButtonLink>
      <h2 class="nhsuk-heading-m">{t("me.checks")}</h2>
      <p class="kith-quiet">{t("me.checksHint")}</p>
      <Facts facts={checkFacts(volunteer)} />
      <Guardians volunteerId={volunteer.id} />
      <p>
        <a class="kith-more" href={at("training")}>{t("tasks.lacks.trainings")}</a>
      </p>
    </Page>
  );
}

function ownFacts({ doc }: Item<"volunteer">): Fact[] {
  const none = t("me.notSaid");
  return [
    { name: t("me.fact.name"), value: `${doc.given_name} ${doc.family_name}` },
    { name: t("me.fact.phone"), value: doc.phone ?? none },
    { name: t("me.fact.email"), value: doc.email ?? none },
    { name: t("me.fact.when"), value: capital(slotsWords(doc.availability)) || none },
    { name: t("me.fact.far"), value: doc.max_km === null ? none : t("tasks.filter.km", { count: doc.max_km }) },
    { name: t("me.fact.travel"), value: doc.travel ? label("travel", doc.travel) : none },
    { name: t("me.fact.skills"), value: labelList("skill", doc.skills) || none },
    { name: t("me.fact.languages"), value: labelList("language", doc.languages) || none },
  ];
}

function checkFacts({ doc }: Item<"volunteer">): Fact[] {
  const level = doc.dbs_level === "none" ? t("me.check.none") : t(`tasks.lacks.level.${doc.dbs_level}`);
  const until = doc.dbs_level !== "none" && doc.dbs_until_on ? t("me.check.until", { date: dateWords(doc.dbs_until_on) }) : null;
  return [
    { name: t("me.check.title"), value: [level, until].filter(Boolean).join(", ") },
    ...(doc.guardian_until_on ? [{ name: t("me.guardian.title"), value: t("me.check.until", { date: dateWords(doc.guardian_until_on) }) }] : []),
  ];
}

/** Who let somebody under 18 volunteer; nothing for adults. */
function Guardians({ volunteerId }: { readonly volunteerId: string }) {
  const given = useList("guardian_consent").filter(({ doc }) => doc.volunteer_id === volunteerId);
  if (given.length === 0) return null;
  return (
    <ul class="nhsuk-list nhsuk-list--bullet">
      {given.map(({ id, doc }) => (
        <li key={id}>
          {t(doc.agreed && !doc.withdrawn_on ? "me.guardian.agreed" : "me.guardian.withdrawn", {
            name: doc.guardian_name, relation: label("guardian", doc.relation), date: dateWords(doc.withdrawn_on ?? doc.until_on),
          })}
        </li>
      ))}
    </ul>
  );
}
