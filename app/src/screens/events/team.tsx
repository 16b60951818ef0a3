/** One team event: agreed by the side that did not ask, declined or called off with a reason, closed with how many came. */

import { useState } from "preact/hooks";
import { VOCABULARIES } from "@generated/contract.ts";
import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { at } from "../../router.ts";
import { today, useAccount, useList, useOnce, useOne, useReach } from "../../ui/context.ts";
import { Radios, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, Facts } from "../../ui/parts.tsx";
import { Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { dateWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";

export function TeamEvent({ id }: { readonly id: string }) {
  const event = useOne("team_event", id);
  const roles = useList("opportunity");
  const employer = useList("employer").find((one) => one.id === event?.doc.employer_id);
  if (event === undefined) return null;
  if (event === null) return <Gone kind="team_event" back={at("events")} />;
  const { doc } = event;
  const facts = [
    ...(employer ? [{ name: t("events.team.employer"), value: employer.doc.name }] : []),
    { name: t("events.team.day"), value: dateWords(doc.held_on) },
    { name: t("events.team.places"), value: t("events.team.people", { count: doc.places }) },
    { name: t("events.team.each"), value: minutesWords(doc.minutes) },
    { name: t("events.team.state"), value: `${t(`events.team.status.${doc.status}`)}${doc.reason ? `: ${label("leave_reason", doc.reason)}` : ""}` },
    ...(doc.attended === null ? [] : [{ name: t("events.team.attended"), value: t("events.team.people", { count: doc.attended }) }]),
  ];
  return (
    <Page title={roles.find((role) => role.id === doc.opportunity_id)?.doc.name ?? t("events.team.one")} back={at("events")} backText={t("events.title")}>
      <RefusedNotice kind="team_event" id={id} />
      <Standing item={event} />
      <Facts facts={facts} />
      {event.commands.length === 0 && <Acts event={event} />}
    </Page>
  );
}

function Acts({ event }: { readonly event: Item<"team_event"> }) {
  const reach = useReach();
  const { roles } = useAccount();
  const { doc } = event;
  const [reason, setReason] = useState("changed_plans");
  const [came, setCame] = useState(String(doc.places));
  const [ends, setEnds] = useState(false);
  const once = useOnce(`${doc.status} ${ends} ${came}`);
  const side = roles.includes("employer") ? "employer" : "centre";
  const tell = (name: string, said: string, args = {}) => async (): Promise<void> => {
    reach.say(said, await command(reach, "team_event", event.id, name, args));
  };
  const close = async (): Promise<boolean> => {
    const attended = Number(came);
    if (!/^\d+$/.test(came.trim()) || attended > doc.places) return false;
    await tell("close_event", t("events.team.closed"), { attended })();
    return true;
  };
  if (doc.status !== "asked" && doc.status !== "agreed") return null;
  const end = doc.status === "asked" && doc.asked_by !== side ? "decline" : "cancel";
  const reasons = Object.keys(VOCABULARIES.leave_reason).map((code) => ({ value: code, label: label("leave_reason", code as keyof typeof VOCABULARIES.leave_reason) }));
  if (ends) {
    return (
      <>
        <Radios id="reason" label={t("events.off.why")} options={reasons} value={reason} onChange={setReason} />
        <Button look="warning" onClick={() => once(tell(`${end}_event`, t("events.team.ended"), { reason }))}>{t(`events.team.${end}`)}</Button>
      </>
    );
  }
  const isOver = doc.status === "agreed" && side === "centre" && doc.held_on <= today();
  return (
    <>
      {isOver && <TextField id="came" label={t("events.team.howMany")} width={4} inputMode="numeric" value={came} onChange={setCame} />}
      <div class="kith-buttons">
        {isOver && <Button onClick={() => once(close)}>{t("events.team.close")}</Button>}
        {doc.status === "asked" && doc.asked_by !== side && <Button onClick={() => once(tell("agree_event", t("events.team.agreed")))}>{t("events.team.agree")}</Button>}
        <Button look="secondary" onClick={() => setEnds(true)}>{t(`events.team.${end}`)}</Button>
      </div>
    </>
  );
}
