/** An employer's side: who asks for working time to volunteer in, and how much of the year's is left. */

import { useState } from "preact/hooks";
import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { type Allowance, allowanceOf, isSaid } from "../../logic/allowance.ts";
import { at } from "../../router.ts";
import { today, useAccount, useList, useLoaded, useOnce, useReach } from "../../ui/context.ts";
import { Form, optionsOf, Select } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, Details, Facts } from "../../ui/parts.tsx";
import { Empty, RefusedNotice } from "../../ui/standing.tsx";
import { commandWords } from "../../words/changes.ts";
import { dateWords, dayWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";

export default function Leave() {
  const { employer_ids } = useAccount();
  const requests = useLoaded("leave_request");
  const employers = useList("employer").filter(({ id }) => employer_ids.includes(id));
  const events = useList("team_event").map(({ doc }) => doc);
  const sorted = [...(requests ?? [])].sort((a, b) => Number(a.doc.status !== "asked") - Number(b.doc.status !== "asked") || (a.doc.leave_on < b.doc.leave_on ? -1 : 1));
  return (
    <Page title={t("leave.title")}>
      {employers.map(({ id, doc }) => (
        <Year key={id} name={doc.name} allowance={allowanceOf(id, doc, (requests ?? []).map((one) => one.doc), events, today())} />
      ))}
      <h2 class="nhsuk-heading-m">{t("leave.requests")}</h2>
      {requests?.length === 0 && <Empty text={t("leave.none")} />}
      <ul class="kith-plain">{sorted.map((one) => <Request key={one.id} request={one} />)}</ul>
    </Page>
  );
}

/** The hours of this year: gone, promised, left. */
function Year({ name, allowance }: { readonly name: string; readonly allowance: Allowance }) {
  const { from, granted, used, promised, promisedNext, left, asked, teams } = allowance;
  const facts = [
    { name: t("leave.year.granted"), value: minutesWords(granted) },
    { name: t("leave.year.used"), value: minutesWords(used) },
    { name: t("leave.year.promised"), value: minutesWords(promised) },
    { name: t("leave.year.left"), value: <strong>{minutesWords(left)}</strong> },
    ...(promisedNext > 0 ? [{ name: t("leave.year.next"), value: minutesWords(promisedNext) }] : []),
    ...(asked > 0 ? [{ name: t("leave.year.asked"), value: minutesWords(asked) }] : []),
  ];
  return (
    <section>
      <h2 class="nhsuk-heading-m">{t("leave.year.title", { name })}</h2>
      <p class="kith-quiet">{t("leave.year.from", { day: dateWords(from) })}</p>
      <Facts facts={facts} />
      {teams > 0 && <p><a class="kith-more" href={at("events")}>{t("leave.year.teams", { time: minutesWords(teams) })}</a></p>}
    </section>
  );
}

function Request({ request }: { readonly request: Item<"leave_request"> }) {
  const reach = useReach();
  const { id, doc, commands } = request;
  const [reason, setReason] = useState("business");
  const once = useOnce(`${doc.status} ${commands.length}`);
  const send = (name: string, args = {}) => async (): Promise<void> => reach.say(t("leave.saved"), await command(reach, "leave_request", id, name, args));
  const why = <Select id={`reason-${id}`} label={t("requests.why")} options={optionsOf("leave_reason")} value={reason} onChange={setReason} />;
  return (
    <li>
      <h3 class="nhsuk-heading-s">{doc.employee}</h3>
      <RefusedNotice kind="leave_request" id={id} />
      <p>
        {t(`leave.status.${doc.status}`)}: {t("leave.line", { day: dayWords(doc.leave_on, today()), minutes: minutesWords(doc.minutes) })}
        {isSaid(doc.reason) && ` (${label("leave_reason", doc.reason)})`}
      </p>
      {commands.length > 0 && <p role="status">{t("centre.task.waiting", { what: commands.map((one) => commandWords(one.name)).join(", ") })}</p>}
      {commands.length === 0 && doc.status === "asked" && (
        <>
          <Button onClick={() => once(send("approve_leave"))}>{t("leave.approve")}<span class="nhsuk-u-visually-hidden">: {doc.employee}</span></Button>
          <Details summary={t("requests.no")}>
            <Form onSubmit={() => once(send("decline_leave", { reason }))}>{why}<Button type="submit" look="secondary">{t("requests.decline")}</Button></Form>
          </Details>
        </>
      )}
      {commands.length === 0 && doc.status === "approved" && doc.leave_on >= today() && (
        <Details summary={t("leave.cancel")}>
          <Form onSubmit={() => once(send("cancel_leave", { reason }))}>{why}<Button type="submit" look="warning">{t("leave.cancel")}</Button></Form>
        </Details>
      )}
    </li>
  );
}
