/** The facts of a person, as names and values. */

import type { PersonDoc } from "@generated/contract.ts";
import { today } from "../../ui/context.ts";
import type { Fact } from "../../ui/parts.tsx";
import { slotsWords } from "../../words/candidate.ts";
import { ageOn, dateWords } from "../../words/dates.ts";
import { label, labelList } from "../../words/labels.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

export function personFacts(doc: PersonDoc, district: string | undefined): Fact[] {
  const unknown = t("caseload.facts.unknown");
  return [
    { name: t("caseload.facts.age"), value: ageWords(doc) },
    { name: t("caseload.facts.phone"), value: doc.phone ? <a href={`tel:${doc.phone.replaceAll(" ", "")}`}>{doc.phone}</a> : unknown },
    ...(doc.email ? [{ name: t("caseload.edit.email"), value: <a href={`mailto:${doc.email}`}>{doc.email}</a> }] : []),
    { name: t("caseload.facts.channel"), value: doc.channel ? label("channel", doc.channel) : unknown },
    { name: t("caseload.facts.lives"), value: [doc.address, doc.postcode, district].filter(Boolean).join(", ") || unknown },
    { name: t("caseload.facts.matters"), value: <span class="kith-written">{doc.what_matters || unknown}</span> },
    { name: t("caseload.facts.travel"), value: travelWords(doc) },
    { name: t("caseload.facts.times"), value: doc.availability.length === 0 ? t("caseload.facts.anyTime") : capital(slotsWords(doc.availability)) },
    { name: t("caseload.facts.access"), value: labelList("access", doc.access_needs) || t("caseload.facts.nothingSpecial") },
    { name: t("caseload.facts.languages"), value: labelList("language", doc.languages) || unknown },
    { name: t("caseload.facts.group"), value: label("group_preference", doc.group_preference) },
  ];
}

function ageWords({ birth_on, age_band }: PersonDoc): string {
  if (birth_on) return t("referral.birth.read", { day: dateWords(birth_on), count: ageOn(birth_on, today()) });
  return age_band ? label("age_band", age_band) : t("caseload.facts.unknown");
}

export function travelWords(doc: Pick<PersonDoc, "travel" | "max_km">): string {
  const how = doc.travel ? label("travel", doc.travel) : t("caseload.facts.unknownHow");
  return doc.max_km === null ? how : t("caseload.facts.upTo", { how, km: doc.max_km });
}
