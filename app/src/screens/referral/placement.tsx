/** What came of a choice: this closes the loop, and the ranker learns from it. */

import { useState } from "preact/hooks";
import { KINDS, type PlacementDoc } from "@generated/contract.ts";
import { useItemName } from "../../data/items.ts";
import type { Item } from "../../data/live.ts";
import { patch } from "../../data/write.ts";
import { at, go } from "../../router.ts";
import { today, useList, useOnce, useOne, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, Radios, Select } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, type Fact, Facts, Notice } from "../../ui/parts.tsx";
import { Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { choicesOf } from "../../words/choices.ts";
import { dateWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { PLACEMENT_STATUS } from "../../words/status.ts";
import { t } from "../../words/t.ts";
import { offText } from "../caseload/notices.tsx";

const GAINS = ["unknown", "no", "yes"] as const;
const ENDS: readonly string[] = ["declined", "ended"];

export default function Placement({ id }: { readonly id: string }) {
  const placement = useOne("placement", id);
  const itemName = useItemName();
  if (placement === undefined) return null;
  if (placement === null) return <Gone kind="placement" back={at("people")} />;
  const name = itemName(placement.doc.item_kind, placement.doc.item_id);
  return <Shown placement={placement} name={name} />;
}

function Shown({ placement, name }: { readonly placement: Item<"placement">; readonly name: string }) {
  const reach = useReach();
  const notices = useList("notice").filter(({ doc }) => doc.placement_id === placement.id && doc.status === "active");
  const onceASession = useOnce(placement.doc.attended);
  const { doc, id } = placement;
  const attended = async (): Promise<void> => {
    reach.say(t("referral.placement.added"), await patch(reach, "placement", id, { attended: doc.attended + 1 }));
  };
  const gained = async (value: string): Promise<void> => {
    reach.say(t("referral.placement.saved"), await patch(reach, "placement", id, { wellbeing_gain: value as PlacementDoc["wellbeing_gain"] }));
  };
  return (
    <Page title={t("referral.placement.title")} caption={name} back={at("referrals", doc.referral_id)}>
      <Standing item={placement} />
      <RefusedNotice kind="placement" id={id} />
      {notices.map((one) => <Notice attention key={one.id}><p>{offText(one, name)}</p></Notice>)}
      <Facts facts={placementFacts(doc)} />
      {(doc.status === "started" || doc.status === "sustained") && (
        <>
          <Button look="secondary" onClick={() => onceASession(attended)}>{t("referral.placement.addOne")}</Button>
          <Radios id="gain" label={t("referral.placement.better")} options={GAINS.map((value) => ({ value, label: t(`referral.placement.gain.${value}`) }))} value={doc.wellbeing_gain} onChange={(value) => void gained(value)} />
        </>
      )}
      <Outcome placement={placement} />
    </Page>
  );
}

function placementFacts(doc: PlacementDoc): Fact[] {
  return [
    { name: t("referral.placement.now"), value: PLACEMENT_STATUS[doc.status].text },
    { name: t("referral.placement.place"), value: t(`referral.placement.held.${doc.place_held}`) },
    { name: t("referral.placement.came"), value: t("referral.placement.sessions", { count: doc.attended }) },
    ...(doc.started_on ? [{ name: t("referral.placement.since"), value: dateWords(doc.started_on) }] : []),
    ...(doc.reason ? [{ name: t("referral.reason"), value: label("reason", doc.reason) }] : []),
  ];
}

function Outcome({ placement: { id, doc } }: { readonly placement: Item<"placement"> }) {
  const reach = useReach();
  const [status, setStatus] = useState("");
  const [reason, setReason] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const moves = (KINDS.placement.fields["status"]?.moves?.[doc.status] ?? []) as PlacementDoc["status"][];
  const ends = ENDS.includes(status);
  const save = async (): Promise<boolean> => {
    const missing = { ...(status ? {} : { status: t("referral.placement.chooseStatus") }), ...(ends && !reason ? { reason: t("referral.chooseReason") } : {}) };
    setErrors(missing);
    if (Object.keys(missing).length > 0) return false;
    const mids = await patch(reach, "placement", id, {
      status: status as PlacementDoc["status"],
      ...(status === "started" ? { started_on: today() } : {}),
      ...(ends || status === "sustained" ? { outcome_on: today() } : {}),
      ...(ends ? { reason: reason as PlacementDoc["reason"] } : {}),
    });
    reach.say(t("referral.placement.saved"), mids); // the place of a choice that is over goes back by itself
    go(at("referrals", doc.referral_id));
    return true;
  };
  if (moves.length === 0) return null;
  return (
    <>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <Radios
          id="status" label={t("referral.placement.title")} options={moves.map((move) => ({ value: move, label: PLACEMENT_STATUS[move].text }))}
          value={status} onChange={setStatus} error={errors["status"]}
        />
        {ends && (
          <Select
            id="reason" label={t("referral.reason")} options={[{ value: "", label: t("referral.chooseReason") }, ...choicesOf("reason")]}
            value={reason} onChange={setReason} error={errors["reason"]}
          />
        )}
        <Button type="submit">{t("referral.save")}</Button>
      </Form>
    </>
  );
}
