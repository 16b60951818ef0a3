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
/** Reasons that say something of what there is. */
const OF_THE_OFFER = Object.keys(VOCABULARIES.reason).filter((one) => !["completed", "moved", "no_contact", "nothing_suitable"].includes(one));

/** The words of either page. */
const WORDS = {
  any: { title: "referral.page.status", why: "referral.chooseReason", comment: "referral.status.comment", save: "referral.status.save", saved: "referral.status.saved" },
  nothing: { title: "referral.nothing.title", why: "referral.nothing.choose", comment: "referral.nothing.instead", save: "referral.save", saved: "referral.nothing.saved" },
} as const;

export function ReferralStatus({ id }: { readonly id: string }) {
  return <Outcome id={id} is="any" />;
}

export function NothingSuitable({ id }: { readonly id: string }) {
  return <Outcome id={id} is="nothing" />;
}

/** One form: of "nothing suitable" the state is known, and why is the question. */
function Outcome({ id, is }: { readonly id: string; readonly is: keyof typeof WORDS }) {
  const reach = useReach();
  const referral = useOne("referral", id);
  const [status, setStatus] = useState(is === "nothing" ? "nothing_suitable" : "");
  const [reason, setReason] = useState("");
  const [comment, setComment] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  if (referral === undefined) return null;
  if (referral === null) return <Gone kind="referral" back={at("people")} />;
  const words = WORDS[is];
  const ends = NEEDS_REASON.includes(status as Status);
  const save = async (): Promise<boolean> => {
    const missing = { ...(status ? {} : { status: t("referral.status.choose") }), ...(ends && !reason ? { reason: t(words.why) } : {}) };
    setErrors(missing);
    if (Object.keys(missing).length > 0) return false;
    const mids = await patch(reach, "referral", id, {
      status: status as Status, ...(ends ? { reason: reason as ReferralDoc["reason"] } : {}), ...(comment.trim() ? { comment: comment.trim() } : {}),
    });
    reach.say(t(words.saved), mids);
    go(at("referrals", id));
    return true;
  };
  const asked = { id: "reason", value: reason, onChange: setReason, error: errors["reason"] };
  return (
    <Page title={t(words.title)} back={is === "nothing" ? at("referrals", id, "shortlist") : at("referrals", id)} failed={Object.keys(errors).length > 0}>
      <p>{is === "nothing" ? t("referral.nothing.text") : t("referral.status.now", { status: REFERRAL_STATUS[referral.doc.status].text })}</p>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        {is === "nothing" ? (
          <Radios {...asked} label={t("referral.nothing.why")} options={choicesOf("reason", OF_THE_OFFER)} />
        ) : (
          <>
            <Radios id="status" label={t("referral.status.label")} options={movesOf(referral.doc.status)} value={status} onChange={setStatus} error={errors["status"]} />
            {ends && <Select {...asked} label={t("referral.reason")} options={[{ value: "", label: t("referral.chooseReason") }, ...choicesOf("reason")]} />}
          </>
        )}
        <TextArea id="comment" label={t(words.comment)} rows={3} maxLength={2000} value={comment} onChange={setComment} />
        <Button type="submit">{t(words.save)}</Button>
      </Form>
    </Page>
  );
}

function movesOf(status: Status) {
  return movesFrom(status).map((move) => ({ value: move, label: REFERRAL_STATUS[move].text }));
}
