/** Leave a role, or take back an enquiry, with a reason. */

import { useState } from "preact/hooks";
import { VOCABULARIES } from "@generated/contract.ts";
import { enquiryAbout } from "../../data/roles.ts";
import { command } from "../../data/write.ts";
import { at, go } from "../../router.ts";
import { today, useAccount, useList, useLoaded, useOnce, useReach } from "../../ui/context.ts";
import { ErrorSummary, type Errors, Form, Radios } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";

/** The reasons of the vocabulary that are a volunteer's own; the server refuses others. */
const OWN = 11;
const REASONS = [...Object.keys(VOCABULARIES.step_reason).slice(0, OWN), "other"];

export function LeaveRole({ id }: { readonly id: string }) {
  const reach = useReach();
  const once = useOnce();
  const { volunteer_id } = useAccount();
  const name = useList("opportunity").find((role) => role.id === id)?.doc.name ?? t("roles.someRole");
  const own = useLoaded("enquiry")?.filter(({ doc }) => doc.volunteer_id === volunteer_id);
  const [reason, setReason] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  if (own === undefined) return null;
  const enquiry = enquiryAbout(id, own) ?? own.find((one) => one.id === id);
  if (!enquiry) return <Gone kind="enquiry" back={at("roles")} />;
  const leave = async (): Promise<boolean> => {
    if (reason === "") {
      setErrors({ reason: t("roles.leave.choose") });
      return false;
    }
    const mid = await command(reach, "enquiry", enquiry.id, "take_step", { from_step: enquiry.doc.status, step: "withdrawn", stepped_on: today(), reason });
    reach.say(t("roles.leave.said"), mid);
    reach.engine.soon(0);
    go(at("roles"));
    return true;
  };
  return (
    <Page title={t("roles.leave.title")} caption={name} back={at("roles", id)} failed={"reason" in errors}>
      <ErrorSummary errors={errors} />
      <p>{t("roles.leave.hint")}</p>
      <Form onSubmit={() => once(leave)}>
        <Radios id="reason" label={t("roles.leave.why")} options={REASONS.map((value) => ({ value, label: label("step_reason", value) }))} value={reason} onChange={setReason} error={errors["reason"]} />
        <Button type="submit">{t("roles.leave.save")}</Button>
      </Form>
    </Page>
  );
}
