/** A person: who they are, their referrals, and what was said and done. */

import { label, type ConsentDoc, type PersonDoc } from "@generated/contract.ts";
import { at } from "../router.ts";
import { nameOf } from "../data/caseload.ts";
import { today, useList, useOne } from "../ui/context.ts";
import { NotHere, Page } from "../ui/page.tsx";
import { ButtonLink, type Fact, Facts, Notice, Row, Tag } from "../ui/parts.tsx";
import { ageOn, dateWords, sinceWords } from "../words/dates.ts";
import { slotsWords } from "../words/candidate.ts";
import { listWords } from "../words/plain.ts";
import { NOTE_TYPES, REFERRAL_STATUS, SHARE_WORDS } from "../words/status.ts";

export function Person({ id }: { readonly id: string }) {
  const person = useOne("person", id);
  const referrals = useList("referral").filter((one) => one.doc.person_id === id);
  const notes = useList("note").filter((one) => one.doc.person_id === id);
  const consent = useList("consent").find((one) => one.doc.person_id === id);
  const conflicts = useList("conflict").filter((one) => one.doc.status === "open" && one.doc.record_id === id);
  const districts = useList("district");
  if (person === undefined) return null;
  if (person === null) return <NotHere what="person" back={at("people")} />;
  const district = districts.find((one) => one.id === person.doc.district)?.doc.name;
  return (
    <Page title={nameOf(person)} back={at("people")} backText="People">
      {person.doc.do_not_contact && (
        <Notice attention>
          <p>
            <strong>Do not contact.</strong> This person asked not to be contacted.
          </p>
        </Notice>
      )}
      {conflicts.map((conflict) => (
        <Notice attention key={conflict.id}>
          <p>
            Two people changed the same thing. <a href={at("conflicts", conflict.id)}>Choose which to keep</a>
          </p>
        </Notice>
      ))}
      {person.pending && <p class="kith-quiet">Saved on this phone. Not sent yet.</p>}

      <h2 class="nhsuk-heading-m">Referrals</h2>
      {referrals.length === 0 && <p>No referrals yet.</p>}
      <ul class="kith-list">
        {[...referrals]
          .sort((a, b) => (a.doc.received_on < b.doc.received_on ? 1 : -1))
          .map(({ id: referral, doc }) => (
            <Row key={referral} href={at("referrals", referral)} name={listWords(doc.needs.map((need) => label("need", need))) || "Referral"}>
              {REFERRAL_STATUS[doc.status].text} · {dateWords(doc.received_on)}
            </Row>
          ))}
      </ul>
      <ButtonLink href={at("referrals", "new", id)} look="secondary">
        New referral
      </ButtonLink>

      <h2 class="nhsuk-heading-m">Notes</h2>
      <ButtonLink href={at("people", id, "note")} look="secondary">
        Add a note
      </ButtonLink>
      {notes.length === 0 && <p>No notes yet.</p>}
      <ul class="kith-list">
        {[...notes]
          .sort((a, b) => (a.doc.written_at < b.doc.written_at ? 1 : -1))
          .map(({ id: note, doc, pending }) => (
            <li class="kith-list__item" key={note}>
              <div class="kith-row kith-row--still">
                <span class="kith-row__text">
                  {NOTE_TYPES[doc.type]}
                  {doc.author_name && ` by ${doc.author_name}`}, {sinceWords(doc.written_at, new Date())}
                  {pending && " (not sent yet)"}
                </span>
                <span class="kith-written">{doc.text}</span>
              </div>
            </li>
          ))}
      </ul>

      <h2 class="nhsuk-heading-m">Details</h2>
      <Facts facts={personFacts(person.doc, district)} />
      <Facts facts={consentFacts(consent?.doc)} />
      <ButtonLink href={at("people", id, "edit")} look="secondary">
        Change details
      </ButtonLink>
      {person.doc.made_up && (
        <p>
          <Tag colour="grey">Made up</Tag> This person does not exist. They are here to try Kith with.
        </p>
      )}
    </Page>
  );
}

export function personFacts(doc: PersonDoc, district: string | undefined): Fact[] {
  const list = (words: string): string => words || "Not known";
  const age = doc.birth_on
    ? `${dateWords(doc.birth_on)}, ${ageOn(doc.birth_on, today())} years old`
    : doc.age_band
      ? label("age_band", doc.age_band)
      : "Not known";
  return [
    { name: "Age", value: age },
    { name: "Phone", value: doc.phone ? <a href={`tel:${doc.phone.replaceAll(" ", "")}`}>{doc.phone}</a> : "Not known" },
    { name: "Best way to reach them", value: doc.channel ? label("channel", doc.channel) : "Not known" },
    { name: "Lives", value: [doc.address, doc.postcode, district].filter(Boolean).join(", ") || "Not known" },
    { name: "What matters", value: <span class="kith-written">{list(doc.what_matters ?? "")}</span> },
    { name: "Gets about", value: travelWords(doc) },
    { name: "Can go", value: doc.availability.length === 0 ? "Any time" : slotsWords(doc.availability) },
    { name: "Needs to take part", value: list(listWords(doc.access_needs.map((code) => label("access", code)))).replace("Not known", "Nothing special") },
    { name: "Languages", value: list(listWords(doc.languages.map((code) => label("language", code)))) },
    { name: "Group", value: label("group_preference", doc.group_preference) },
  ];
}

export function travelWords(doc: Pick<PersonDoc, "travel" | "max_km">): string {
  const how = doc.travel ? label("travel", doc.travel) : "Not known how";
  return doc.max_km === null ? how : `${how}, up to ${doc.max_km} km`;
}

function consentFacts(consent: ConsentDoc | undefined): Fact[] {
  if (!consent) return [{ name: "Consent", value: "Not recorded yet" }];
  return [
    { name: "Keeping a record", value: consent.keep_record ? "Agreed" : "Not agreed" },
    { name: "What may be shared", value: SHARE_WORDS[consent.share_with_providers] ?? consent.share_with_providers },
    { name: "Helping to improve Kith", value: consent.use_for_improvement ? "Agreed" : "Not agreed" },
  ];
}
