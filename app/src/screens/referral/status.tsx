/** How far a referral has come, and "nothing suitable": an outcome that says where the county has a gap. */

import { useState } from "preact/hooks";
import { type ReferralDoc, VOCABULARIES } from "@generated/contract.ts";
import { movesFrom, patch, type ReferralStatus as Status } from "../../data/write.ts";
import { at, go } from "../../router.ts";
import { useOnce, useOne, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, Radios, Select, TextArea } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { choicesOf } from "../../words/choices.ts";
import { REFERRAL_STATUS } from "../../words/status.ts";
import { t } from "../../words/t.ts";

const NEEDS_REASON: readonly Status[] = ["declined", "nothing_suitable", "closed"];
/** Reasons that say nothing of what there is. */
const NOT_OF_THE_OFFER = ["completed", "moved", "no_contact", "nothing_suitable"];

export function ReferralStatus({ id }: { readonly id: string }) {
  const reach = useReach();
  const referral = useOne("referral", id);
  const [status, setStatus] = useState("");
  const [reason, setReason] = useState("");
  const [comment, setComment] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  if (referral === undefined) return null;
  if (referral === null) return <Gone kind="referral" back={at("people")} />;
  const moves = movesFrom(referral.doc.status).map((move) => ({ value: move, label: REFERRAL_STATUS[move].text }));
  const ends = NEEDS_REASON.includes(status as Status);
  const save = async (): Promise<boolean> => {
    const missing = { ...(status ? {} : { status: t("referral.status.choose") }), ...(ends && !reason ? { reason: t("referral.chooseReason") } : {}) };
    setErrors(missing);
    if (Object.keys(missing).length > 0) return false;
    const mids = await patch(reach, "referral", id, {
      status: status as Status, ...(ends ? { reason: reason as ReferralDoc["reason"] } : {}), ...(comment.trim() ? { comment: comment.trim() } : {}),
    });
    reach.say(t("referral.status.saved"), mids);
    go(at("referrals", id));
    return true;
  };
  return (
    <Page title={t("referral.page.status")} back={at("referrals", id)} failed={Object.keys(errors).length > 0}>
      <p>{t("referral.status.now", { status: REFERRAL_STATUS[referral.doc.status].text })}</p>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <Radios id="status" label={t("referral.status.label")} options={moves} value={status} onChange={setStatus} error={errors["status"]} />
        {ends && (
          <Select id="reason" label={t("referral.reason")} options={[{ value: "", label: t("referral.chooseReason") }, ...choicesOf("reason")]} value={reason} onChange={setReason} error={errors["reason"]} />
        )}
        <TextArea id="comment" label={t("referral.status.comment")} rows={3} maxLength={2000} value={comment} onChange={setComment} />
        <Button type="submit">{t("referral.status.save")}</Button>
      </Form>
    </Page>
  );
}

export function NothingSuitable({ id }: { readonly id: string }) {
  const reach = useReach();
  const referral = useOne("referral", id);
  const [reason, setReason] = useState("");
  const [comment, setComment] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  if (referral === undefined) return null;
  if (referral === null) return <Gone kind="referral" back={at("people")} />;
  const reasons = choicesOf("reason", Object.keys(VOCABULARIES.reason).filter((one) => !NOT_OF_THE_OFFER.includes(one)));
  const save = async (): Promise<boolean> => {
    if (!reason) {
      setErrors({ reason: t("referral.nothing.choose") });
      return false;
    }
    const mids = await patch(reach, "referral", id, {
      status: "nothing_suitable", reason: reason as ReferralDoc["reason"], ...(comment.trim() ? { comment: comment.trim() } : {}),
    });
    reach.say(t("referral.nothing.saved"), mids);
    go(at("referrals", id));
    return true;
  };
  return (
    <Page title={t("referral.nothing.title")} back={at("referrals", id, "shortlist")} failed={"reason" in errors}>
      <p>{t("referral.nothing.text")}</p>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <Radios id="reason" label={t("referral.nothing.why")} options={reasons} value={reason} onChange={setReason} error={errors["reason"]} />
        <TextArea id="comment" label={t("referral.nothing.instead")} rows={3} maxLength={2000} value={comment} onChange={setComment} />
        <Button type="submit">{t("referral.save")}</Button>
      </Form>
    </Page>
  );
}
