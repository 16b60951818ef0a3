/** Working time for volunteering: what was asked of the employer, and asking for more. */

import type { LeaveRequestDoc } from "@generated/contract.ts";
import { useState } from "preact/hooks";
import type { Item } from "../../data/live.ts";
import { command, create } from "../../data/write.ts";
import { afterwards, isSaid, ownTime } from "../../logic/allowance.ts";
import { ARRANGED, farOff } from "../../logic/days.ts";
import { at, go } from "../../router.ts";
import { today, useList, useOnce, useReach } from "../../ui/context.ts";
import { DateField, ErrorSummary, type Errors, Form, TextField, type TypedDate } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, ButtonLink, Facts } from "../../ui/parts.tsx";
import { Empty, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { dateWords, dayFrom } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";

interface Props {
  readonly volunteer: Item<"volunteer">;
}

export function Leave({ volunteer }: Props) {
  const asked = useList("leave_request").filter(({ doc }) => doc.volunteer_id === volunteer.id);
  return (
    <Page title={t("me.leave.title")} back={at("me")} backText={t("me.title")}>
      <Own requests={asked.map(({ doc, commands }) => afterwards(doc, commands))} />
      {asked.length === 0 && <Empty text={t("me.leave.none")} />}
      <ul class="kith-list">
        {[...asked].sort((a, b) => (a.doc.leave_on < b.doc.leave_on ? 1 : -1)).map((one) => <Request key={one.id} request={one} />)}
      </ul>
      {volunteer.doc.employer_id && <ButtonLink href={at("me", "leave", "new")}>{t("me.leave.ask")}</ButtonLink>}
    </Page>
  );
}

/** What one has of the working time: their own. What is left for all staff their employer alone is told. */
function Own({ requests }: { readonly requests: readonly LeaveRequestDoc[] }) {
  const { taken, ahead, asked } = ownTime(requests, today());
  const facts = [
    { name: t("me.leave.year.taken"), value: minutesWords(taken) },
    { name: t("me.leave.year.ahead"), value: minutesWords(ahead) },
    { name: t("me.leave.year.asked"), value: minutesWords(asked) },
  ];
  return (
    <section>
      <h2 class="nhsuk-heading-m">{t("me.leave.year.title")}</h2>
      <Facts facts={facts} />
      <p class="kith-quiet">{t("me.leave.year.left")}</p>
      <h2 class="nhsuk-heading-m">{t("me.leave.all")}</h2>
    </section>
  );
}

function Request({ request }: { readonly request: Item<"leave_request"> }) {
  const reach = useReach();
  const once = useOnce(request.commands.length);
  const doc = afterwards(request.doc, request.commands);
  const open = (doc.status === "asked" || doc.status === "approved") && doc.leave_on >= today();
  const cancel = async (): Promise<void> => {
    reach.say(t("me.leave.cancelled"), await command(reach, "leave_request", request.id, "cancel_leave", { reason: "changed_plans" }));
  };
  return (
    <li class="kith-list__item kith-leave">
      <RefusedNotice kind="leave_request" id={request.id} />
      <strong>{dateWords(doc.leave_on)}</strong>, {minutesWords(doc.minutes)}
      <p>
        {t(`me.leave.status.${doc.status}`)}
        {isSaid(doc.reason) && `: ${label("leave_reason", doc.reason)}`}
      </p>
      <Standing item={request} />
      {open && <Button look="secondary" onClick={() => once(cancel)}>{t("me.leave.cancel")}<span class="nhsuk-u-visually-hidden"> {dateWords(doc.leave_on)}</span></Button>}
    </li>
  );
}

export function LeaveNew({ volunteer }: Props) {
  const reach = useReach();
  const once = useOnce();
  const [employee, setEmployee] = useState(`${volunteer.doc.given_name} ${volunteer.doc.family_name}`);
  const [day, setDay] = useState<TypedDate>({ day: "", month: "", year: today().slice(0, 4) });
  const [hours, setHours] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const save = async (): Promise<boolean> => {
    const on = dayFrom(day.day, day.month, day.year);
    const minutes = Math.round(Number(hours.replace(",", ".")) * 60);
    const wrong = wrongLeave(employee, on, minutes);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0 || on === null || volunteer.doc.employer_id === null) return false;
    await create(reach, "leave_request", { volunteer_id: volunteer.id, employer_id: volunteer.doc.employer_id, opportunity_id: null, employee: employee.trim(), leave_on: on, minutes });
    reach.say(t("me.leave.said"));
    go(at("me", "leave"));
    return true;
  };
  return (
    <Page title={t("me.leave.ask")} back={at("me", "leave")} backText={t("me.leave.title")} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <TextField id="employee" label={t("me.leave.employee")} hint={t("me.leave.employeeHint")} value={employee} onChange={setEmployee} error={errors["employee"]} maxLength={120} />
        <DateField id="day" label={t("me.leave.day")} value={day} onChange={setDay} error={errors["day"]} />
        <TextField id="hours" label={t("me.leave.hours")} width={4} value={hours} onChange={setHours} error={errors["hours"]} />
        <Button type="submit">{t("me.leave.send")}</Button>
      </Form>
    </Page>
  );
}

function wrongLeave(employee: string, on: string | null, minutes: number): Errors {
  return {
    ...(employee.trim() ? {} : { employee: t("me.leave.wrong.employee") }),
    ...(on !== null && on >= today() ? farOff({ day: on }, ARRANGED, today()) : { day: t("me.leave.wrong.day") }),
    ...(minutes >= 15 && minutes <= 1440 ? {} : { hours: t("me.leave.wrong.hours") }),
  };
}
