/** One call: what was said, with whom it is, and what the hub can do: note that the person agrees, hand it over. */

import { useState } from "preact/hooks";
import type { Item } from "../../data/live.ts";
import { command, patch } from "../../data/write.ts";
import { at } from "../../router.ts";
import { today, useList, useOne, useOnce, useReach } from "../../ui/context.ts";
import { Form, optionsOf, Select } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, Facts } from "../../ui/parts.tsx";
import { Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { commandWords } from "../../words/changes.ts";
import { dayWords } from "../../words/dates.ts";
import { label, labelList } from "../../words/labels.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";
import { NotWanted } from "./not-wanted.tsx";
import { Made, TakeUp, useIsOurs } from "./take-up.tsx";

export function OneCall({ id }: { readonly id: string }) {
  const call = useOne("intake", id);
  const team = useOne("team", call?.doc.team_id ?? "");
  const isOurs = useIsOurs(call);
  if (call === undefined) return null;
  if (call === null) return <Gone kind="intake" back={at("calls")} />;
  const { doc } = call;
  const ring = (phone: string) => <a href={`tel:${phone.replaceAll(" ", "")}`}>{phone}</a>;
  return (
    <Page title={`${doc.given_name} ${doc.family_name}`.trim()} caption={t(`calls.status.${doc.status}`)} back={at("calls")} backText={t("calls.title")}>
      <RefusedNotice kind="intake" id={id} />
      <Standing item={call} />
      {!isOurs && <Doing call={call} />}
      <Facts
        facts={[
          { name: t("calls.takenOn"), value: capital(dayWords(doc.taken_on, today())) },
          { name: t("calls.who"), value: [label("relation", doc.relation), doc.caller_name].filter(Boolean).join(": ") },
          ...(doc.caller_phone ? [{ name: t("calls.callerPhone"), value: ring(doc.caller_phone) }] : []),
          ...(doc.phone ? [{ name: t("centre.field.phone"), value: ring(doc.phone) }] : []),
          ...(doc.address ? [{ name: t("centre.field.address"), value: <span class="kith-written">{doc.address}</span> }] : []),
          { name: t("calls.agreed"), value: t(doc.agreed ? "calls.yes" : "calls.notYet") },
          ...(doc.needs.length > 0 ? [{ name: t("calls.needs"), value: labelList("need", doc.needs) }] : []),
          { name: t("calls.urgency"), value: label("urgency", doc.urgency) },
          ...(doc.said ? [{ name: t("calls.said"), value: <span class="kith-written">{doc.said}</span> }] : []),
          ...(team ? [{ name: t("calls.with"), value: team.doc.name }] : []),
        ]}
      />
      {/* Whoever rings the person first reads what was said. */}
      {isOurs && <Doing call={call} />}
    </Page>
  );
}

function Doing({ call }: { readonly call: Item<"intake"> }) {
  const reach = useReach();
  const { doc, id } = call;
  const teams = useList("team").filter((team) => team.doc.status === "active" && team.id !== doc.team_id);
  const [to, setTo] = useState("");
  const [reason, setReason] = useState("area");
  const once = useOnce(`${call.commands.length} ${doc.agreed}`);
  const isOurs = useIsOurs(call);
  if (doc.status === "taken_up") return <Made call={call} />;
  if (call.commands.length > 0) return <p role="status">{t("centre.task.waiting", { what: call.commands.map((one) => commandWords(one.name)).join(", ") })}</p>;
  const agree = async (): Promise<void> => reach.say(t("calls.agreedSaved"), await patch(reach, "intake", id, { agreed: true }));
  const hand = async (): Promise<boolean> => {
    if (!teams.some((team) => team.id === to)) return false;
    reach.say(t("calls.handed"), await command(reach, "intake", id, "hand_over", { team_id: to, from_team_id: doc.team_id, ...(doc.team_id ? { reason } : {}) }));
    return true;
  };
  return (
    <>
      {isOurs && <TakeUp call={call} />}
      {!doc.agreed && <Button look="secondary" onClick={() => once(agree)}>{t("calls.nowAgreed")}</Button>}
      <NotWanted call={call} back={isOurs ? at() : at("calls")} />
      <Form onSubmit={() => once(hand)}>
        <Select id="to" label={t("calls.handTo")} options={[{ value: "", label: t("centre.new.choose") }, ...teams.map((team) => ({ value: team.id, label: team.doc.name }))]} value={teams.some((team) => team.id === to) ? to : ""} onChange={setTo} />
        {doc.team_id !== null && <Select id="reason" label={t("calls.why")} options={optionsOf("handover_reason")} value={reason} onChange={setReason} />}
        <Button type="submit" look="secondary">{t("calls.hand")}</Button>
      </Form>
    </>
  );
}
