/** One volunteer as their centre sees them: contact, background check, references, guardian's consent, enquiries. */

import { useState } from "preact/hooks";
import type { VolunteerDoc } from "@generated/contract.ts";
import { volunteerName } from "../../data/centre.ts";
import type { Item } from "../../data/live.ts";
import { patch } from "../../data/write.ts";
import { farOff, LASTING } from "../../logic/days.ts";
import { sinceOf } from "../../logic/newcomers.ts";
import { at } from "../../router.ts";
import { today, useList, useOne, useOnce, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, Select } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, ButtonLink, Details, type Fact, Facts, Row } from "../../ui/parts.tsx";
import { Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { ageOn, dateWords, dayWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";
import { Trainings } from "./trainings.tsx";
import { DayInput } from "../centre/when-fields.tsx";

const LEVELS = ["none", "basic", "standard", "enhanced"] as const;
const ADULT = 18;

export function OneVolunteer({ id }: { readonly id: string }) {
  const volunteer = useOne("volunteer", id);
  if (volunteer === undefined) return null;
  if (volunteer === null) return <Gone kind="volunteer" back={at("volunteers")} />;
  const { doc } = volunteer;
  return (
    <Page title={volunteerName(volunteer)} caption={t(`volunteers.status.${doc.status}`)} back={at("volunteers")} backText={t("volunteers.title")}>
      <RefusedNotice kind="volunteer" id={id} />
      <Standing item={volunteer} />
      <Facts facts={factsOf(doc)} />
      <Background volunteer={volunteer} />
      <Trainings id={id} />
      <Checks id={id} />
      {doc.birth_on && ageOn(doc.birth_on, today()) < ADULT && <Guardian id={id} />}
      <Enquiries id={id} />
    </Page>
  );
}

function factsOf(doc: VolunteerDoc): Fact[] {
  return [
    ...(doc.phone ? [{ name: t("centre.field.phone"), value: <a href={`tel:${doc.phone.replaceAll(" ", "")}`}>{doc.phone}</a> }] : []),
    ...(doc.email ? [{ name: t("upkeep.field.email"), value: <a class="kith-written" href={`mailto:${doc.email}`}>{doc.email}</a> }] : []),
    ...(doc.birth_on ? [{ name: t("volunteers.age"), value: String(ageOn(doc.birth_on, today())) }] : []),
    { name: t("centre.field.dbs"), value: dbsWords(doc) },
    ...(doc.paused_until_on && doc.paused_until_on >= today() ? [{ name: t("volunteers.break"), value: t("volunteers.paused", { date: dateWords(doc.paused_until_on) }) }] : []),
  ];
}

function dbsWords({ dbs_level, dbs_until_on }: VolunteerDoc): string {
  const level = t(`centre.dbs.${dbs_level}`);
  return dbs_level === "none" || dbs_until_on === null ? level : t(dbs_until_on < today() ? "volunteers.ranOut" : "volunteers.goodUntil", { what: level, day: dateWords(dbs_until_on) });
}

/** The background check stands with the volunteer, as tasks and roles ask for it. */
function Background({ volunteer: { id, doc } }: { readonly volunteer: Item<"volunteer"> }) {
  const reach = useReach();
  const [level, setLevel] = useState<string>(doc.dbs_level);
  const [until, setUntil] = useState(doc.dbs_until_on ?? "");
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce(`${doc.dbs_level} ${doc.dbs_until_on}`);
  const save = async (): Promise<boolean> => {
    const wrong = farOff({ "dbs-until": level === "none" ? null : until }, LASTING, today(), { "dbs-until": doc.dbs_until_on });
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const mids = await patch(reach, "volunteer", id, { dbs_level: level as VolunteerDoc["dbs_level"], dbs_until_on: level === "none" ? null : until || null });
    reach.say(t(mids.length > 0 ? "volunteers.saved" : "upkeep.unchanged"), mids);
    return mids.length > 0;
  };
  return (
    <Details summary={t("volunteers.changeDbs")}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <Select id="dbs" label={t("centre.field.dbs")} options={LEVELS.map((value) => ({ value, label: t(`centre.dbs.${value}`) }))} value={level} onChange={setLevel} />
        {level !== "none" && <DayInput id="dbs-until" label={t("volunteers.lastDay")} value={until} onChange={setUntil} error={errors["dbs-until"]} />}
        <Button type="submit">{t("upkeep.save")}</Button>
      </Form>
    </Details>
  );
}

function Checks({ id }: { readonly id: string }) {
  const checks = useList("check").filter(({ doc }) => doc.volunteer_id === id).sort((a, b) => (a.doc.requested_on < b.doc.requested_on ? 1 : -1));
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("volunteers.checks")}</h2>
      <p class="kith-quiet">{t("volunteers.confidence")}</p>
      {checks.length > 0 && (
        <ul class="kith-list">
          {checks.map((check) => (
            <Row key={check.id} href={at("volunteers", id, "check", check.id)} name={label("check_type", check.doc.type)}>
              {checkWords(check)}
            </Row>
          ))}
        </ul>
      )}
      <ButtonLink look="secondary" href={at("volunteers", id, "check", "new")}>{t("volunteers.ask")}</ButtonLink>
    </>
  );
}

export function checkWords({ doc }: Pick<Item<"check">, "doc">): string {
  if (doc.status === "requested") return t("volunteers.requested", { day: dayWords(doc.requested_on, today()) });
  if (doc.status === "unsatisfactory") return t("volunteers.unsatisfactory");
  if (doc.until_on === null) return t("volunteers.received");
  return t(doc.until_on < today() ? "volunteers.ranOut" : "volunteers.goodUntil", { what: t("volunteers.received"), day: dateWords(doc.until_on) });
}

function Guardian({ id }: { readonly id: string }) {
  const consents = useList("guardian_consent").filter(({ doc }) => doc.volunteer_id === id).sort((a, b) => (a.doc.given_on < b.doc.given_on ? 1 : -1));
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("volunteers.guardian")}</h2>
      {consents.length === 0 && <p>{t("volunteers.noGuardian")}</p>}
      <ul class="kith-plain">
        {consents.map((one) => <Consent key={one.id} consent={one} />)}
      </ul>
      <ButtonLink look="secondary" href={at("volunteers", id, "consent")}>{t("volunteers.addGuardian")}</ButtonLink>
    </>
  );
}

function Consent({ consent: { id, doc } }: { readonly consent: Item<"guardian_consent"> }) {
  const reach = useReach();
  const once = useOnce(doc.agreed);
  const withdraw = async (): Promise<void> => reach.say(t("volunteers.withdrawn"), await patch(reach, "guardian_consent", id, { agreed: false, withdrawn_on: today() }));
  return (
    <li>
      {doc.guardian_name} ({label("guardian", doc.relation)})
      <span class="kith-row__text">{doc.agreed && doc.withdrawn_on === null ? t(doc.until_on < today() ? "volunteers.consentOver" : "volunteers.consentUntil", { day: dateWords(doc.until_on) }) : t("volunteers.consentBack")}</span>
      {doc.agreed && doc.until_on >= today() && <Button look="secondary" onClick={() => once(withdraw)}>{t("volunteers.withdraw")}</Button>}
    </li>
  );
}

function Enquiries({ id }: { readonly id: string }) {
  const enquiries = useList("enquiry").filter(({ doc }) => doc.volunteer_id === id).sort((a, b) => (a.doc.enquired_on < b.doc.enquired_on ? 1 : -1));
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("newcomers.title")}</h2>
      {enquiries.length > 0 && (
        <ul class="kith-list">
          {enquiries.map((one) => (
            <Row key={one.id} href={at("newcomers", one.id)} name={label("step", one.doc.status)}>{t("newcomers.since", { day: dateWords(sinceOf(one.doc)) })}</Row>
          ))}
        </ul>
      )}
      <ButtonLink look="secondary" href={`${at("newcomers", "new")}?of=${encodeURIComponent(id)}`}>{t("newcomers.new")}</ButtonLink>
    </>
  );
}
