/** What came of a choice: this closes the loop, and the ranker learns from it. */

import { useState } from "preact/hooks";
import { KINDS, type PlacementDoc, VOCABULARIES } from "@generated/contract.ts";
import { at, go } from "../router.ts";
import { useItemName } from "../data/items.ts";
import { command, patch } from "../data/write.ts";
import { today, useOnce, useOne, useReach } from "../ui/context.ts";
import { type Errors, ErrorSummary, Form, optionsOf, Radios, Select } from "../ui/fields.tsx";
import { NotHere, Page } from "../ui/page.tsx";
import { Button, Facts } from "../ui/parts.tsx";
import { count } from "../words/plain.ts";
import { PLACEMENT_STATUS } from "../words/status.ts";

const GAIN = { unknown: "Not known", no: "No", yes: "Yes" };

export default function Placement({ id }: { readonly id: string }) {
  const reach = useReach();
  const placement = useOne("placement", id);
  const itemName = useItemName();
  const [status, setStatus] = useState("");
  const [reason, setReason] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const onceASession = useOnce(placement?.doc.attended);
  if (placement === undefined) return null;
  if (placement === null) return <NotHere what="choice" back={at("people")} />;
  const { doc } = placement;
  const back = at("referrals", doc.referral_id);
  const moves = (KINDS.placement.fields["status"]?.moves?.[doc.status] ?? []) as PlacementDoc["status"][];
  const ends = status === "declined" || status === "ended";

  const save = async (): Promise<boolean> => {
    const missing: { [field: string]: string } = {};
    if (!status) missing["status"] = "Choose what came of it";
    if (ends && !reason) missing["reason"] = "Choose a reason";
    setErrors(missing);
    if (Object.keys(missing).length > 0) return false;
    const mids = await patch(reach, "placement", id, {
      status: status as PlacementDoc["status"],
      ...(status === "started" ? { started_on: today() } : {}),
      ...(ends || status === "sustained" ? { outcome_on: today() } : {}),
      ...(ends ? { reason: reason as PlacementDoc["reason"] } : {}),
    });
    // A place that is not wanted goes back to others: only the server can give it back.
    if (ends && doc.place_held !== "none") mids.push(await command(reach, "placement", id, "decline_place"));
    reach.say("Saved", mids.reverse());
    go(back);
    return true;
  };
  const attended = async (): Promise<void> => {
    reach.say("One session added", await patch(reach, "placement", id, { attended: doc.attended + 1 }));
  };
  const gained = async (value: string): Promise<void> => {
    reach.say("Saved", await patch(reach, "placement", id, { wellbeing_gain: value as PlacementDoc["wellbeing_gain"] }));
  };

  return (
    <Page title="What came of it?" caption={itemName(doc.item_kind, doc.item_id)} back={back} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Facts
        facts={[
          { name: "Now", value: PLACEMENT_STATUS[doc.status].text },
          { name: "Place", value: { none: "None held", offered: "A place is held", accepted: "A place is taken", waiting: "Waiting for a place" }[doc.place_held] },
          { name: "Came to", value: count(doc.attended, "session") },
        ]}
      />
      {(doc.status === "started" || doc.status === "sustained") && (
        <>
          <Button look="secondary" onClick={() => onceASession(attended)}>
            Add one session
          </Button>
          <Radios id="gain" label="Do they feel better for it?" options={optionsOf(GAIN)} value={doc.wellbeing_gain} onChange={(value) => void gained(value)} />
        </>
      )}
      {moves.length > 0 && (
        <Form onSubmit={() => once(save)}>
          <Radios
            id="status" label="What came of it?" options={moves.map((move) => ({ value: move, label: PLACEMENT_STATUS[move].text }))}
            value={status} onChange={setStatus} error={errors["status"]}
          />
          {ends && (
            <Select
              id="reason" label="Reason" options={[{ value: "", label: "Choose a reason" }, ...optionsOf(VOCABULARIES.reason)]}
              value={reason} onChange={setReason} error={errors["reason"]}
            />
          )}
          <Button type="submit">Save</Button>
        </Form>
      )}
    </Page>
  );
}
