/** Pass a referral to another team: the person goes with it, and this phone lets go of them. */

import { useState } from "preact/hooks";
import { command } from "../../data/write.ts";
import { at, go } from "../../router.ts";
import { useList, useOnce, useOne, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, Radios, Select } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, Notice } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { choicesOf } from "../../words/choices.ts";
import { t } from "../../words/t.ts";

export function HandOver({ id }: { readonly id: string }) {
  const reach = useReach();
  const referral = useOne("referral", id);
  const teams = useList("team").filter((one) => one.doc.status === "active" && one.id !== referral?.doc.team_id);
  const [team, setTeam] = useState("");
  const [reason, setReason] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const back = at("referrals", id);
  if (referral === undefined) return null;
  if (referral === null) return <Gone kind="referral" back={at("people")} />;
  const waits = referral.commands.some(({ name }) => name === "hand_over");
  const save = async (): Promise<boolean> => {
    const missing = { ...(team ? {} : { team: t("referral.handover.chooseTeam") }), ...(reason ? {} : { reason: t("referral.chooseReason") }) };
    setErrors(missing);
    if (Object.keys(missing).length > 0) return false;
    reach.say(t("referral.handover.asked"), await command(reach, "referral", id, "hand_over", { from_team_id: referral.doc.team_id, team_id: team, reason }));
    go(back);
    return true;
  };
  return (
    <Page title={t("referral.handover.title")} back={back} failed={Object.keys(errors).length > 0}>
      <p>{t("referral.handover.text")}</p>
      {waits && <Notice><p>{t("referral.handover.waits")}</p></Notice>}
      {teams.length === 0 && <p>{t("referral.handover.noTeams")}</p>}
      {!waits && teams.length > 0 && (
        <>
          <ErrorSummary errors={errors} />
          <Form onSubmit={() => once(save)}>
            <Select id="team" label={t("referral.handover.team")} options={[{ value: "", label: t("referral.handover.chooseTeam") }, ...teams.map((one) => ({ value: one.id, label: one.doc.name }))]} value={team} onChange={setTeam} error={errors["team"]} />
            <Radios id="reason" label={t("referral.reason")} options={choicesOf("handover_reason")} value={reason} onChange={setReason} error={errors["reason"]} />
            <Button type="submit">{t("referral.handover.save")}</Button>
          </Form>
        </>
      )}
    </Page>
  );
}
