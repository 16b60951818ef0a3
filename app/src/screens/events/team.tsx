/** One day of an employer's team: agreed by the side that did not ask, declined or called off with a reason, closed by the centre with how many came. */

import { useState } from "preact/hooks";
import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { isWhole } from "../../logic/numbers.ts";
import { today, useOnce, useOne, useReach } from "../../ui/context.ts";
import { Form, optionsOf, Radios, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, type Fact, Facts } from "../../ui/parts.tsx";
import { Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { commandWords } from "../../words/changes.ts";
import { dateWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";
import { listOfTeams, useSide } from "./teams.tsx";

export function TeamEvent({ id }: { readonly id: string }) {
  const event = useOne("team_event", id);
  const role = useOne("opportunity", event?.doc.opportunity_id ?? "");
  const employer = useOne("employer", event?.doc.employer_id ?? "");
  const list = listOfTeams(useSide());
  if (event === undefined) return null;
  if (event === null) return <Gone kind="team_event" back={list.back} />;
  return (
    <Page title={role?.doc.name ?? t("events.team.one")} caption={t(`events.team.status.${event.doc.status}`)} {...list}>
      <RefusedNotice kind="team_event" id={id} />
      <Standing item={event} />
      <Facts facts={factsOf(event, employer?.doc.name ?? null)} />
      {event.commands.length > 0 && <p role="status">{t("centre.task.waiting", { what: event.commands.map((one) => commandWords(one.name)).join(", ") })}</p>}
      {event.commands.length === 0 && (event.doc.status === "asked" || event.doc.status === "agreed") && <Acts event={event} />}
    </Page>
  );
}

function factsOf({ doc }: Item<"team_event">, employer: string | null): Fact[] {
  return [
    ...(employer ? [{ name: t("events.team.employer"), value: employer }] : []),
    { name: t("events.team.day"), value: dateWords(doc.held_on) },
    { name: t("events.team.places"), value: t("events.team.people", { count: doc.places }) },
    { name: t("events.team.each"), value: minutesWords(doc.minutes) },
    ...(doc.reason ? [{ name: t("events.off.why"), value: label("leave_reason", doc.reason) }] : []),
    ...(doc.attended === null ? [] : [{ name: t("events.team.attended"), value: t("events.team.people", { count: doc.attended }) }]),
  ];
}

function Acts({ event }: { readonly event: Item<"team_event"> }) {
  const reach = useReach();
  const side = useSide();
  const [ends, setEnds] = useState(false);
  const [reason, setReason] = useState("changed_plans");
  const { doc } = event;
  const once = useOnce(`${doc.status} ${ends}`);
  const isAsked = doc.status === "asked" && doc.asked_by !== null && doc.asked_by !== side;
  const end = isAsked ? "decline" : "cancel";
  const tell = (name: string, said: string, args = {}) => async (): Promise<void> => {
    reach.say(said, await command(reach, "team_event", event.id, name, args));
  };
  if (ends) {
    return (
      <>
        <Radios id="reason" label={t("events.off.why")} options={optionsOf("leave_reason")} value={reason} onChange={setReason} />
        <div class="kith-buttons">
          <Button look="warning" onClick={() => once(tell(`${end}_event`, t("events.team.ended"), { reason }))}>{t(`events.team.${end}`)}</Button>
          <Button look="secondary" onClick={() => setEnds(false)}>{t("events.team.keep")}</Button>
        </div>
      </>
    );
  }
  return (
    <>
      {side === "centre" && doc.status === "agreed" && doc.held_on <= today() && <Close event={event} />}
      <div class="kith-buttons">
        {isAsked && <Button onClick={() => once(tell("agree_event", t("events.team.agreed")))}>{t("events.team.agree")}</Button>}
        <Button look="secondary" onClick={() => setEnds(true)}>{t(`events.team.${end}`)}</Button>
      </div>
    </>
  );
}

/** The centre says how many came. */
function Close({ event: { id, doc } }: { readonly event: Item<"team_event"> }) {
  const reach = useReach();
  const [came, setCame] = useState(String(doc.places));
  const [error, setError] = useState<string | undefined>(undefined);
  const once = useOnce();
  const close = async (): Promise<boolean> => {
    const isRight = isWhole(came, 0, doc.places);
    setError(isRight ? undefined : t("events.team.wrong.came", { most: doc.places }));
    if (isRight) reach.say(t("events.team.closed"), await command(reach, "team_event", id, "close_event", { attended: Number(came) }));
    return isRight;
  };
  return (
    <Form onSubmit={() => once(close)}>
      <TextField id="came" label={t("events.team.howMany")} width={4} inputMode="numeric" maxLength={3} value={came} onChange={setCame} error={error} />
      <Button type="submit">{t("events.team.close")}</Button>
    </Form>
  );
}
