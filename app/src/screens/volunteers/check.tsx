/** A reference or a document: asked for, then received and good until a day, or not good. */

import { useState } from "preact/hooks";
import { type CheckDoc, VOCABULARIES } from "@generated/contract.ts";
import { useVolunteerNames } from "../../data/centre.ts";
import { create, patch } from "../../data/write.ts";
import type { Item } from "../../data/live.ts";
import { farOff, LASTING } from "../../logic/days.ts";
import { at, go } from "../../router.ts";
import { today, useOne, useOnce, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, Radios, TextField } from "../../ui/fields.tsx";
import { useOpened } from "../../ui/opened.ts";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";
import { DayInput } from "../centre/when-fields.tsx";
import { checkWords } from "./volunteer.tsx";

export function AskCheck({ id }: { readonly id: string }) {
  const reach = useReach();
  const volunteer = useOne("volunteer", id);
  const nameOf = useVolunteerNames();
  const [type, setType] = useState("reference");
  const [referee, setReferee] = useState("");
  const once = useOnce();
  if (volunteer === undefined) return null;
  if (volunteer === null) return <Gone kind="volunteer" back={at("volunteers")} />;
  const save = async (): Promise<void> => {
    const made = await create(reach, "check", { volunteer_id: id, centre_id: volunteer.doc.centre_id, type: type as CheckDoc["type"], referee: referee.trim() || null, requested_on: today() });
    go(at("volunteers", id));
    reach.say(t("volunteers.asked"), await reach.midsOf(made));
  };
  return (
    <Page title={t("volunteers.ask")} caption={nameOf(id) ?? undefined} back={at("volunteers", id)}>
      <Form onSubmit={() => once(save)}>
        <Radios id="type" label={t("volunteers.which")} options={Object.keys(VOCABULARIES.check_type).map((value) => ({ value, label: label("check_type", value as never) }))} value={type} onChange={setType} />
        <TextField id="referee" label={t("volunteers.referee")} maxLength={160} value={referee} onChange={setReferee} />
        <Button type="submit">{t("volunteers.askToday")}</Button>
      </Form>
    </Page>
  );
}

export function OneCheck({ id }: { readonly id: string }) {
  const check = useOne("check", id);
  if (check === undefined) return null;
  return check === null ? <Gone kind="check" back={at("volunteers")} /> : <Editor check={check} />;
}

const STATES = ["requested", "received", "unsatisfactory"] as const;

function Editor({ check }: { readonly check: Item<"check"> }) {
  const reach = useReach();
  const { doc, id } = check;
  const nameOf = useVolunteerNames();
  const seen = useOpened(check);
  const [status, setStatus] = useState<string>(doc.status);
  const [received, setReceived] = useState(doc.received_on ?? today());
  const [until, setUntil] = useState(doc.until_on ?? "");
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce(doc.status);
  const back = at("volunteers", doc.volunteer_id);
  const save = async (): Promise<boolean> => {
    const came = status === "requested" ? { received_on: null, until_on: null } : { received_on: received || today(), until_on: status === "received" ? until || null : null };
    const wrong = wrongDays(came.received_on, came.until_on, doc);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const mids = await patch(reach, "check", id, { status: status as CheckDoc["status"], ...came }, seen);
    go(back);
    reach.say(t(mids.length > 0 ? "volunteers.checkSaved" : "upkeep.unchanged"), mids);
    return true;
  };
  return (
    <Page title={label("check_type", doc.type)} caption={nameOf(doc.volunteer_id) ?? undefined} back={back} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <RefusedNotice kind="check" id={id} />
      <Standing item={check} />
      <p>{checkWords(check)}</p>
      {doc.referee && <p>{t("volunteers.from", { name: doc.referee })}</p>}
      <Form onSubmit={() => once(save)} seen={seen}>
        <Radios id="status" label={t("volunteers.came")} options={STATES.map((value) => ({ value, label: t(`volunteers.state.${value}`) }))} value={status} onChange={setStatus} />
        {status !== "requested" && <DayInput id="received" label={t("volunteers.receivedOn")} value={received} onChange={setReceived} error={errors["received"]} />}
        {status === "received" && <DayInput id="until" label={t("volunteers.lastDay")} hint={t("volunteers.lastDayHint")} value={until} onChange={setUntil} error={errors["until"]} />}
        <Button type="submit">{t("upkeep.save")}</Button>
      </Form>
    </Page>
  );
}

/** What came has come by today, and is good for a while at least. */
function wrongDays(received: string | null, until: string | null, { received_on, until_on }: CheckDoc): Errors {
  return {
    ...farOff({ received, until }, LASTING, today(), { received: received_on, until: until_on }),
    ...(received && received > today() ? { received: t("training.wrong.dayToCome") } : {}),
    ...(received && until && until < received ? { until: t("volunteers.wrong.order") } : {}),
  };
}
