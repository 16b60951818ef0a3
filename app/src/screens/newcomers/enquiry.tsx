/** One enquiry: who, how far, every step so far, and the steps that can follow. */

import { useVolunteerNames } from "../../data/centre.ts";
import type { Item } from "../../data/live.ts";
import { stepsBack, stepsForward, stepsToEnd } from "../../logic/newcomers.ts";
import { at } from "../../router.ts";
import { today, useList, useOne } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { ButtonLink, Details, Facts } from "../../ui/parts.tsx";
import { Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { dateWords, dayWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";

export function OneEnquiry({ id }: { readonly id: string }) {
  const enquiry = useOne("enquiry", id);
  const nameOf = useVolunteerNames();
  const role = useOne("opportunity", enquiry?.doc.opportunity_id ?? "");
  if (enquiry === undefined) return null;
  if (enquiry === null) return <Gone kind="enquiry" back={at("newcomers")} />;
  const { doc } = enquiry;
  return (
    <Page title={nameOf(doc.volunteer_id) ?? t("newcomers.noName")} caption={label("step", doc.status)} back={at("newcomers")} backText={t("newcomers.title")}>
      <RefusedNotice kind="enquiry" id={id} />
      {enquiry.commands.length === 0 && <Standing item={enquiry} />}
      <Steps enquiry={enquiry} />
      <Facts
        facts={[
          { name: t("newcomers.field.asked"), value: dateWords(doc.enquired_on) },
          { name: t("newcomers.field.origin"), value: label("origin", doc.origin) },
          ...(role ? [{ name: t("newcomers.field.role"), value: role.doc.name }] : []),
          ...(doc.placed_on ? [{ name: t("newcomers.field.began"), value: dateWords(doc.placed_on) }] : []),
        ]}
      />
      <p><a class="kith-more" href={at("volunteers", doc.volunteer_id)}>{t("newcomers.person")}</a></p>
      <Before id={id} />
    </Page>
  );
}

function Steps({ enquiry: { id, doc, commands } }: { readonly enquiry: Item<"enquiry"> }) {
  if (commands.length > 0) return <p role="status">{t("newcomers.waiting", { step: label("step", String(commands.at(-1)?.args["step"]) as never) })}</p>;
  const to = (step: string): string => at("newcomers", id, "step", step);
  const forward = stepsForward(doc);
  const [ends, back] = [stepsToEnd(doc), stepsBack(doc)];
  return (
    <>
      {forward.map(({ step, from }) =>
        from !== null && from > today()
          ? <p key={step}>{t("newcomers.later", { step: label("step", step), day: dayWords(from, today()) })}</p>
          : <ButtonLink key={step} href={to(step)} look={step === forward[0]?.step ? "primary" : "secondary"}>{t(`newcomers.to.${step as "interview"}`)}</ButtonLink>)}
      {ends.length + back.length > 0 && (
        <Details summary={t("newcomers.others")}>
          <ul class="kith-plain">
            {ends.map((step) => <li key={step}><a class="kith-more" href={to(step)}>{t(`newcomers.to.${step as "withdrawn"}`)}</a></li>)}
            {back.map((step) => <li key={step}><a class="kith-more" href={to(step)}>{t("newcomers.back", { step: label("step", step) })}</a></li>)}
          </ul>
        </Details>
      )}
    </>
  );
}

function Before({ id }: { readonly id: string }) {
  const steps = useList("enquiry_step").filter(({ doc }) => doc.enquiry_id === id).sort((a, b) => b.doc.number - a.doc.number);
  if (steps.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("newcomers.history")}</h2>
      <ol class="kith-plain">
        {steps.map(({ id: key, doc }) => (
          <li key={key}>
            {label("step", doc.step)}, {dayWords(doc.stepped_on, today())}
            {doc.reason && <span class="kith-row__text">{label("step_reason", doc.reason)}</span>}
          </li>
        ))}
      </ol>
    </>
  );
}
