/** A team of an employer for one day: agreed or declined by the centre, and closed with how many came. */

import { useState } from "preact/hooks";
import { VOCABULARIES } from "@generated/contract.ts";
import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { at } from "../../router.ts";
import { today, useOne, useOnce, useReach } from "../../ui/context.ts";
import { Form, Select, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, Details, Facts } from "../../ui/parts.tsx";
import { Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { commandWords } from "../../words/changes.ts";
import { dateWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";

export function OneEvent({ id }: { readonly id: string }) {
  const event = useOne("team_event", id);
  const employer = useOne("employer", event?.doc.employer_id ?? "");
  const role = useOne("opportunity", event?.doc.opportunity_id ?? "");
  if (event === undefined) return null;
  if (event === null) return <Gone kind="team_event" back={at("requests")} />;
  const { doc } = event;
  return (
    <Page title={t("requests.team", { count: doc.places, name: employer?.doc.name ?? t("requests.employer") })} caption={t(`requests.event.${doc.status}`)} back={at("requests")} backText={t("requests.title")}>
      <RefusedNotice kind="team_event" id={id} />
      <Standing item={event} />
      <Facts
        facts={[
          { name: t("centre.field.day"), value: dateWords(doc.held_on) },
          { name: t("newcomers.field.role"), value: role?.doc.name ?? t("upkeep.unknown") },
          { name: t("requests.each"), value: minutesWords(doc.minutes) },
          ...(doc.attended === null ? [] : [{ name: t("requests.attended"), value: String(doc.attended) }]),
          ...(doc.reason ? [{ name: t("requests.why"), value: label("leave_reason", doc.reason) }] : []),
        ]}
      />
      <Deeds event={event} />
    </Page>
  );
}

function Deeds({ event }: { readonly event: Item<"team_event"> }) {
  const reach = useReach();
  const { doc, id } = event;
  const [reason, setReason] = useState("called_off");
  const [came, setCame] = useState(String(doc.places));
  const once = useOnce(`${doc.status} ${event.commands.length}`);
  if (event.commands.length > 0) return <p role="status">{t("centre.task.waiting", { what: event.commands.map((one) => commandWords(one.name)).join(", ") })}</p>;
  const send = (name: string, args: Parameters<typeof command>[4] = {}) => async (): Promise<void> => reach.say(t("requests.sent"), await command(reach, "team_event", id, name, args));
  const close = async (): Promise<boolean | void> => (/^\d{1,3}$/.test(came.trim()) && Number(came) <= doc.places ? send("close_event", { attended: Number(came) })() : false);
  const why = <Select id="reason" label={t("requests.why")} options={Object.keys(VOCABULARIES.leave_reason).map((value) => ({ value, label: label("leave_reason", value as never) }))} value={reason} onChange={setReason} />;
  return (
    <>
      {doc.status === "asked" && doc.asked_by === "employer" && <Button onClick={() => once(send("agree_event"))}>{t("requests.agree")}</Button>}
      {doc.status === "agreed" && doc.held_on <= today() && (
        <Form onSubmit={() => once(close)}>
          <TextField id="came" label={t("requests.attended")} inputMode="numeric" width={4} maxLength={3} value={came} onChange={setCame} />
          <Button type="submit">{t("requests.close")}</Button>
        </Form>
      )}
      {(doc.status === "asked" || doc.status === "agreed") && (
        <Details summary={t(doc.status === "asked" ? "requests.no" : "requests.off")}>
          <Form onSubmit={() => once(send(doc.status === "asked" ? "decline_event" : "cancel_event", { reason }))}>
            {why}
            <Button type="submit" look="warning">{t(doc.status === "asked" ? "requests.decline" : "requests.cancel")}</Button>
          </Form>
        </Details>
      )}
    </>
  );
}
