/** A team takes up a call that was passed to it: with the person's word a person and a referral are made of it. */

import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { at } from "../../router.ts";
import { useAccount, useOnce, useOne, useReach } from "../../ui/context.ts";
import { Button, ButtonLink } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";

/** Whether this account's team has the call, and so is who takes it up, or did. */
export function useIsOurs(call: Item<"intake"> | null | undefined): boolean {
  const { team_ids, roles } = useAccount();
  const isWorker = roles.some((role) => role === "prescriber" || role === "outreach");
  return isWorker && call != null && team_ids.includes(call.doc.team_id ?? "");
}

export function TakeUp({ call }: { readonly call: Item<"intake"> }) {
  const reach = useReach();
  const once = useOnce(`${call.commands.length}`);
  const take = async (): Promise<void> => reach.say(t("calls.takenUp"), await command(reach, "intake", call.id, "take_up", { keep_record: true }));
  if (!call.doc.agreed) return <p>{t("calls.askFirst")}</p>;
  return (
    <>
      <p>{t("calls.takeUpAbout")}</p>
      <Button onClick={() => once(take)}>{t("calls.takeUp")}</Button>
    </>
  );
}

/** What became of it, for whoever holds that referral. */
export function Made({ call }: { readonly call: Item<"intake"> }) {
  const referral = useOne("referral", call.doc.referral_id ?? "");
  return referral ? <ButtonLink href={at("referrals", referral.id)}>{t("calls.toReferral")}</ButtonLink> : null;
}
