/** One referral: what is needed, how far it has come, what was chosen, and what to do next. */

import { useState } from "preact/hooks";
import { label, type ReferralDoc, VOCABULARIES } from "@generated/contract.ts";
import { at, go } from "../router.ts";
import { nameOf } from "../data/caseload.ts";
import { useItemName } from "../data/items.ts";
import type { Item } from "../data/live.ts";
import { movesFrom, patch } from "../data/write.ts";
import { useList, useOnce, useOne, useReach } from "../ui/context.ts";
import { type Errors, ErrorSummary, Form, optionsOf, Radios, Select, TextArea } from "../ui/fields.tsx";
import { NotHere, Page } from "../ui/page.tsx";
import { Button, ButtonLink, type Fact, Facts, Notice, Row, Tag } from "../ui/parts.tsx";
import { dateWords } from "../words/dates.ts";
import { listWords, moneyWords } from "../words/plain.ts";
import { ENDED, PLACEMENT_STATUS, REFERRAL_STATUS } from "../words/status.ts";
import { useAttention } from "../ui/queue.ts";

export function Referral({ id }: { readonly id: string }) {
  const referral = useOne("referral", id);
  const people = useList("person");
  const placements = useList("placement").filter((one) => one.doc.referral_id === id);
  const organisations = useList("organisation");
  if (referral === undefined) return null;
  if (referral === null) return <NotHere what="referral" back={at("people")} />;
  const person = people.find((one) => one.id === referral.doc.person_id);
  const name = person ? nameOf(person) : "this person";
  const referrer = organisations.find((one) => one.id === referral.doc.referrer_organisation_id)?.doc.name;
  const status = REFERRAL_STATUS[referral.doc.status];
  return (
    <Page title={`Referral for ${name}`} back={at("people", referral.doc.person_id)} backText={name}>
      <p class="kith-tags">
        <Tag colour={status.colour}>{status.text}</Tag>
        {referral.doc.urgency !== "routine" && <Tag colour="red">{label("urgency", referral.doc.urgency)}</Tag>}
        {referral.pending && <span class="kith-quiet">Saved on this phone. Not sent yet.</span>}
      </p>
      {!ENDED.includes(referral.doc.status) && <ButtonLink href={at("referrals", id, "shortlist")}>See the shortlist</ButtonLink>}
      <Placements placements={placements} />
      <h2 class="nhsuk-heading-m">What is needed</h2>
      <Facts facts={referralFacts(referral.doc, referrer)} />
      <div class="kith-buttons">
        <ButtonLink href={at("referrals", id, "status")} look="secondary">
          Change status
        </ButtonLink>
        <ButtonLink href={at("referrals", id, "note")} look="secondary">
          Add a note
        </ButtonLink>
      </div>
      {person?.doc.made_up && (
        <p>
          <Tag colour="grey">Made up</Tag> This person does not exist.
        </p>
      )}
    </Page>
  );
}

export function referralFacts(doc: ReferralDoc, referrer: string | undefined): Fact[] {
  const from = [doc.referrer_name, referrer].filter(Boolean).join(", ");
  return [
    { name: "Needs", value: listWords(doc.needs.map((need) => label("need", need))) },
    ...(doc.main_need ? [{ name: "Most of all", value: label("need", doc.main_need) }] : []),
    { name: "Can pay", value: doc.budget_pence === null ? "Any amount" : doc.budget_pence === 0 ? "Nothing: free only" : `Up to ${moneyWords(doc.budget_pence)} a session` },
    { name: "How soon", value: label("urgency", doc.urgency) },
    { name: "Received", value: dateWords(doc.received_on) },
    ...(from ? [{ name: "From", value: from }] : []),
    ...(doc.reason ? [{ name: "Reason", value: label("reason", doc.reason) }] : []),
    ...(doc.comment ? [{ name: "Comment", value: <span class="kith-written">{doc.comment}</span> }] : []),
  ];
}

function Placements({ placements }: { readonly placements: readonly Item<"placement">[] }) {
  const itemName = useItemName();
  const refused = useAttention().filter((entry) => entry.kind === "placement");
  if (placements.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">Chosen</h2>
      {placements.map((placement) =>
        refused
          .filter((entry) => entry.id === placement.id)
          .map((entry) => (
            <Notice attention key={entry.mid}>
              <p>
                <strong>{entry.problem.title}</strong> {entry.problem.detail}
              </p>
            </Notice>
          )),
      )}
      <ul class="kith-list">
        {placements.map((placement) => (
          <Row key={placement.id} href={at("placements", placement.id)} name={itemName(placement.doc.item_kind, placement.doc.item_id)}>
            {PLACEMENT_STATUS[placement.doc.status].text}
            {placement.commands.some((one) => one.name === "offer_place") && " · Asking for a place: waiting to be sent"}
            {placement.doc.place_held === "offered" && " · A place is held"}
          </Row>
        ))}
      </ul>
    </>
  );
}

const NEEDS_REASON: readonly ReferralDoc["status"][] = ["declined", "nothing_suitable", "closed"];

export function ReferralStatus({ id }: { readonly id: string }) {
  const reach = useReach();
  const referral = useOne("referral", id);
  const [status, setStatus] = useState("");
  const [reason, setReason] = useState("");
  const [comment, setComment] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  if (referral === undefined) return null;
  if (referral === null) return <NotHere what="referral" back={at("people")} />;
  const moves = movesFrom(referral.doc.status).map((move) => ({ value: move, label: REFERRAL_STATUS[move].text }));
  const ends = NEEDS_REASON.includes(status as ReferralDoc["status"]);
  const save = async (): Promise<boolean> => {
    const missing: { [field: string]: string } = {};
    if (!status) missing["status"] = "Choose how it is now";
    if (ends && !reason) missing["reason"] = "Choose a reason";
    setErrors(missing);
    if (Object.keys(missing).length > 0) return false;
    const mids = await patch(reach, "referral", id, {
      status: status as ReferralDoc["status"], ...(ends ? { reason: reason as ReferralDoc["reason"] } : {}), ...(comment.trim() ? { comment: comment.trim() } : {}),
    });
    reach.say("Status saved", mids);
    go(at("referrals", id));
    return true;
  };
  return (
    <Page title="Change status" back={at("referrals", id)} failed={Object.keys(errors).length > 0}>
      <p>It is now: {REFERRAL_STATUS[referral.doc.status].text}.</p>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <Radios id="status" label="How is it now?" options={moves} value={status} onChange={setStatus} error={errors["status"]} />
        {ends && (
          <Select
            id="reason" label="Reason" options={[{ value: "", label: "Choose a reason" }, ...optionsOf(VOCABULARIES.reason)]} value={reason}
            onChange={setReason} error={errors["reason"]}
          />
        )}
        <TextArea id="comment" label="Comment (if you like)" rows={3} maxLength={2000} value={comment} onChange={setComment} />
        <Button type="submit">Save status</Button>
      </Form>
    </Page>
  );
}

/** "Nothing suitable" is an outcome: it says where the county has a gap. */
export function NothingSuitable({ id }: { readonly id: string }) {
  const reach = useReach();
  const referral = useOne("referral", id);
  const [reason, setReason] = useState("");
  const [comment, setComment] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  if (referral === undefined) return null;
  if (referral === null) return <NotHere what="referral" back={at("people")} />;
  const reasons = optionsOf(VOCABULARIES.reason).filter((one) => !["completed", "moved", "no_contact"].includes(one.value));
  const save = async (): Promise<boolean> => {
    if (!reason) {
      setErrors({ reason: "Choose why nothing suits" });
      return false;
    }
    const mids = await patch(reach, "referral", id, {
      status: "nothing_suitable", reason: reason as ReferralDoc["reason"], ...(comment.trim() ? { comment: comment.trim() } : {}),
    });
    reach.say("Saved. Thank you: this shows what is missing here", mids);
    go(at("referrals", id));
    return true;
  };
  return (
    <Page title="Nothing suitable" back={at("referrals", id, "shortlist")} failed={"reason" in errors}>
      <p>Sometimes nothing suits. Saying why helps to show what is missing in the area.</p>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <Radios id="reason" label="Why does nothing suit?" options={reasons} value={reason} onChange={setReason} error={errors["reason"]} />
        <TextArea id="comment" label="What would have suited? (if you like)" rows={3} maxLength={2000} value={comment} onChange={setComment} />
        <Button type="submit">Save</Button>
      </Form>
    </Page>
  );
}

