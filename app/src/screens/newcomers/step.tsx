/** Take one step of an enquiry: the day, the role where there is one, and why when it ends or goes back. */

import { useState } from "preact/hooks";
import type { StepCode } from "@generated/contract.ts";
import { useVolunteerNames } from "../../data/centre.ts";
import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { ABOUT_A_ROLE, reasonsFor, sinceOf, stepsBack, stepsForward, stepsToEnd } from "../../logic/newcomers.ts";
import { at, go } from "../../router.ts";
import { today, useList, useOne, useOnce, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, Radios, Select } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";
import { DayInput } from "../centre/when-fields.tsx";

export function TakeStep({ id, step }: { readonly id: string; readonly step: string }) {
  const enquiry = useOne("enquiry", id);
  if (enquiry === undefined) return null;
  const steps: readonly string[] = enquiry ? [...stepsForward(enquiry.doc).map((one) => one.step), ...stepsToEnd(enquiry.doc), ...stepsBack(enquiry.doc)] : [];
  if (enquiry === null || !steps.includes(step)) return <Gone kind="enquiry" back={at("newcomers")} />;
  const [said] = enquiry.commands;
  if (said) return <Page title={label("step", step as StepCode)} back={at("newcomers", id)}><p>{t("newcomers.waiting", { step: label("step", String(said.args["step"]) as StepCode) })}</p></Page>;
  return <Editor enquiry={enquiry} step={step as StepCode} />;
}

function Editor({ enquiry, step }: { readonly enquiry: Item<"enquiry">; readonly step: StepCode }) {
  const reach = useReach();
  const { doc, id } = enquiry;
  const nameOf = useVolunteerNames();
  const roles = useList("opportunity").filter((role) => role.doc.status === "active" || role.id === doc.opportunity_id).sort((a, b) => a.doc.name.localeCompare(b.doc.name));
  const reasons = reasonsFor(doc, step);
  const needsRole = ABOUT_A_ROLE.includes(step) && reasons.length === 0;
  const [opened] = useState(doc.status);
  const [on, setOn] = useState(today());
  const [reason, setReason] = useState("");
  const [role, setRole] = useState(doc.opportunity_id ?? "");
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const earliest = sinceOf(doc);
  const from = stepsForward(doc).find((one) => one.step === step)?.from ?? earliest;
  const save = async (): Promise<boolean> => {
    const wrong: Errors = {
      ...(on && on <= today() && on >= earliest && on >= from ? {} : { on: t("newcomers.wrong.on") }),
      ...(reasons.length === 0 || reason ? {} : { reason: t("newcomers.wrong.reason") }),
      ...(!needsRole || role ? {} : { role: t("newcomers.wrong.role") }),
    };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const args = { from_step: opened, step, stepped_on: on, ...(reason ? { reason } : {}), ...(needsRole ? { opportunity_id: role } : {}) };
    const mid = await command(reach, "enquiry", id, "take_step", args);
    go(at("newcomers", id));
    reach.say(t("newcomers.saved", { step: label("step", step) }), mid);
    return true;
  };
  return (
    <Page title={label("step", step)} caption={nameOf(doc.volunteer_id) ?? t("newcomers.noName")} back={at("newcomers", id)} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        {needsRole && <Select id="role" label={t("newcomers.field.role")} options={[{ value: "", label: t("centre.new.choose") }, ...roles.map((one) => ({ value: one.id, label: one.doc.name }))]} value={role} onChange={setRole} error={errors["role"]} />}
        <DayInput id="on" label={t("newcomers.field.day")} value={on} onChange={setOn} error={errors["on"]} />
        {reasons.length > 0 && <Radios id="reason" label={t("newcomers.field.reason")} options={reasons.map((value) => ({ value, label: label("step_reason", value) }))} value={reason} onChange={setReason} error={errors["reason"]} />}
        <Button type="submit">{t("newcomers.save")}</Button>
      </Form>
    </Page>
  );
}
