/** A person: what is to be done, their referrals, how they are, what happened, who they are. */

import type { Item } from "../../data/live.ts";
import { nameOf } from "../../data/caseload.ts";
import { answersOf } from "../../logic/consent.ts";
import { coursesOf } from "../../logic/measures.ts";
import { at } from "../../router.ts";
import { useList, useOne } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { ButtonLink, Facts, Notice, Row, Tag } from "../../ui/parts.tsx";
import { Rich } from "../../ui/rich.tsx";
import { Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { agreedBriefly } from "../../words/consent.ts";
import { dateWords } from "../../words/dates.ts";
import { labelList } from "../../words/labels.ts";
import { capital } from "../../words/plain.ts";
import { REFERRAL_STATUS } from "../../words/status.ts";
import { t } from "../../words/t.ts";
import { personFacts } from "./facts.tsx";
import { Happenings } from "./happenings.tsx";
import { PersonNotices } from "./notices.tsx";
import { changeText } from "./wellbeing.tsx";

export function Person({ id }: { readonly id: string }) {
  const person = useOne("person", id);
  const districts = useList("district");
  if (person === undefined) return null;
  if (person === null) return <Gone kind="person" back={at("people")} />;
  const { doc } = person;
  return (
    <Page title={nameOf(person)} back={at("people")} backText={t("caseload.title")}>
      <Standing item={person} />
      <RefusedNotice kind="person" id={id} />
      <Warnings person={person} />
      <PersonNotices personId={id} />
      <div class="kith-pair">
        {doc.phone && !doc.do_not_contact && <ButtonLink href={`tel:${doc.phone.replaceAll(" ", "")}`} look="secondary">{t("caseload.person.call")}</ButtonLink>}
        <ButtonLink href={at("people", id, "note")} look="secondary">{t("caseload.note.title")}</ButtonLink>
      </div>
      <h2 class="nhsuk-heading-m">{t("caseload.person.referrals")}</h2>
      <Referrals personId={id} />
      <h2 class="nhsuk-heading-m">{t("caseload.person.more")}</h2>
      <ul class="kith-list">
        <WellbeingRow personId={id} />
        <ConsentRow personId={id} />
      </ul>
      <h2 class="nhsuk-heading-m">{t("caseload.person.happened")}</h2>
      <Happenings personId={id} />
      <h2 class="nhsuk-heading-m">{t("caseload.person.details")}</h2>
      <Facts facts={personFacts(doc, districts.find((one) => one.id === doc.district)?.doc.name)} />
      <ButtonLink href={at("people", id, "edit")} look="secondary">{t("caseload.person.change")}</ButtonLink>
      {doc.made_up && (
        <p>
          <Tag colour="grey">{t("caseload.person.madeUp")}</Tag> {t("caseload.person.madeUpText")}
        </p>
      )}
    </Page>
  );
}

function Warnings({ person }: { readonly person: Item<"person"> }) {
  const conflicts = useList("conflict").filter((one) => one.doc.status === "open" && one.doc.record_id === person.id);
  return (
    <>
      {person.doc.do_not_contact && <Notice attention><p><strong>{t("caseload.person.doNotContact")}</strong></p></Notice>}
      {conflicts.map((conflict) => (
        <Notice attention key={conflict.id}>
          <p><Rich text="caseload.person.conflict" parts={{ keep: (words) => <a href={at("conflicts", conflict.id)}>{words}</a> }} /></p>
        </Notice>
      ))}
    </>
  );
}

function Referrals({ personId }: { readonly personId: string }) {
  const referrals = useList("referral").filter((one) => one.doc.person_id === personId);
  return (
    <>
      {referrals.length === 0 && <p>{t("caseload.person.noReferrals")}</p>}
      {referrals.length > 0 && (
        <ul class="kith-list">
          {referrals.toSorted((a, b) => (a.doc.received_on < b.doc.received_on ? 1 : -1)).map(({ id, doc, pending }) => (
            <Row key={id} href={at("referrals", id)} name={labelList("need", doc.needs) || t("caseload.person.referral")}>
              {REFERRAL_STATUS[doc.status].text} · {dateWords(doc.received_on)}
              {pending && ` ${t("caseload.notSent")}`}
            </Row>
          ))}
        </ul>
      )}
      <ButtonLink href={at("referrals", "new", personId)} look="secondary">{t("caseload.newReferral")}</ButtonLink>
    </>
  );
}

function WellbeingRow({ personId }: { readonly personId: string }) {
  const courses = coursesOf(useList("measure").filter((one) => one.doc.person_id === personId).map(({ doc }) => doc));
  const told = courses.find(({ scale }) => scale.question === "satisfied") ?? courses[0];
  return (
    <Row href={at("people", personId, "wellbeing")} name={t("caseload.wellbeing.title")}>
      {told ? `${t(`caseload.measure.short.${told.scale.question}`)}: ${changeText(told)}` : t("caseload.wellbeing.none")}
    </Row>
  );
}

function ConsentRow({ personId }: { readonly personId: string }) {
  const consents = useList("consent").filter((one) => one.doc.person_id === personId);
  const stands = consents.toSorted((a, b) => ((a.doc.given_on ?? "") < (b.doc.given_on ?? "") ? 1 : -1))[0];
  const agreed = stands ? agreedBriefly(answersOf(stands.doc)) : [];
  return (
    <Row href={at("people", personId, "consent")} name={t("caseload.consent.title")}>
      {stands ? (agreed.length > 0 ? capital(agreed.join(", ")) : t("caseload.consent.nothing")) : t("caseload.consent.none")}
    </Row>
  );
}
