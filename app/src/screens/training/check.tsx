/** What a centre has to look at: trainings that volunteers say they have done, and whose run out. */

import { useState } from "preact/hooks";
import { VOCABULARIES } from "@generated/contract.ts";
import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { dueIn, toCheck } from "../../logic/trainings.ts";
import { at, go } from "../../router.ts";
import { today, useAccount, useList, useOnce, useOne, useReach } from "../../ui/context.ts";
import { Radios } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, type Fact, Facts, Row } from "../../ui/parts.tsx";
import { Empty, FirstLoading, Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { dateWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";
import { aheadWords } from "./words.ts";

const AT_ONCE = 50;

export function CheckList() {
  const me = useAccount();
  const [completions, trainings, volunteers] = [useList("completion"), useList("training"), useList("volunteer")];
  const waiting = toCheck(completions.filter(({ pending }) => !pending), me.volunteer_id);
  const due = dueIn(volunteers, trainings, today());
  const names = new Map(volunteers.map(({ id, doc }) => [id, `${doc.given_name} ${doc.family_name}`]));
  const titles = new Map(trainings.map(({ id, doc }) => [id, doc.name]));
  return (
    <Page title={t("training.title")}>
      <FirstLoading />
      <h2 class="nhsuk-heading-m">{t("training.check.title")}</h2>
      {waiting.length === 0 && <Empty text={t("training.check.none")} />}
      <ul class="kith-list">
        {waiting.slice(0, AT_ONCE).map(({ id, doc }) => (
          <Row key={id} href={at("training", "check", id)} name={names.get(doc.volunteer_id) ?? t("training.check.somebody")}>
            {titles.get(doc.training_id)} · {dateWords(doc.done_on)}
          </Row>
        ))}
      </ul>
      <h2 class="nhsuk-heading-m">{t("training.check.due")}</h2>
      {due.length === 0 && <Empty text={t("training.check.noneDue")} />}
      <ul class="kith-list">
        {due.slice(0, AT_ONCE).map(({ volunteerId, name, training, until }) => (
          <li class="kith-list__item kith-entry" key={`${volunteerId}.${training.id}`}>
            <span class="kith-entry__name">{name}</span>
            <span class="kith-row__text">{training.doc.name} · {dateWords(until)}. {capital(aheadWords(until, today()))}</span>
          </li>
        ))}
      </ul>
    </Page>
  );
}

interface CheckProps {
  readonly id: string;
  /** Come from the volunteer's page, to which it goes back. */
  readonly isFromVolunteer: boolean;
}

export function Check({ id, isFromVolunteer }: CheckProps) {
  const me = useAccount();
  const completion = useOne("completion", id);
  const volunteer = useList("volunteer").find((one) => one.id === completion?.doc.volunteer_id);
  const training = useList("training").find((one) => one.id === completion?.doc.training_id);
  if (completion === undefined) return null;
  if (completion === null) return <Gone kind="completion" back={at("training")} />;
  const { doc } = completion;
  const facts: Fact[] = [
    { name: t("training.check.training"), value: training?.doc.name ?? "" },
    { name: t("training.record.on"), value: dateWords(doc.done_on) },
    { name: t("training.check.evidence"), value: doc.evidence ?? t("training.check.nothing") },
    ...(doc.expires_on ? [{ name: t(doc.status === "verified" ? "training.check.goodUntil" : "training.check.until"), value: dateWords(doc.expires_on) }] : []),
    ...(volunteer?.doc.phone ? [{ name: t("training.check.phone"), value: <a href={`tel:${volunteer.doc.phone.replaceAll(" ", "")}`}>{volunteer.doc.phone}</a> }] : []),
  ];
  const back = isFromVolunteer ? at("volunteers", doc.volunteer_id) : at("training");
  return (
    <Page title={volunteer ? `${volunteer.doc.given_name} ${volunteer.doc.family_name}` : t("training.check.somebody")} back={back} backText={isFromVolunteer ? undefined : t("training.title")}>
      <RefusedNotice kind="completion" id={id} />
      <Standing item={completion} />
      <Facts facts={facts} />
      {!completion.pending && doc.status !== "unverified" && <p>{t(`training.status.${doc.status}`, { reason: doc.reason ? label("revoke_reason", doc.reason) : "" })}</p>}
      {!completion.pending && doc.status !== "revoked" && doc.volunteer_id !== me.volunteer_id && <Judge completion={completion} back={back} />}
    </Page>
  );
}

/** What nobody has looked at yet is let count, or not; what counts can turn out to be a mistake. */
function Judge({ completion, back }: { readonly completion: Item<"completion">; readonly back: string }) {
  const reach = useReach();
  const [isWrong, setWrong] = useState(false);
  const [reason, setReason] = useState("evidence");
  const once = useOnce();
  const tell = (name: string, said: string, args = {}) => async (): Promise<void> => {
    reach.say(said, await command(reach, "completion", completion.id, name, args));
    go(back);
  };
  const reasons = Object.keys(VOCABULARIES.revoke_reason).map((code) => ({ value: code, label: label("revoke_reason", code as keyof typeof VOCABULARIES.revoke_reason) }));
  if (isWrong) {
    return (
      <>
        <Radios id="reason" label={t("training.check.why")} options={reasons} value={reason} onChange={setReason} />
        <Button look="warning" onClick={() => once(tell("revoke_completion", t("training.check.refused"), { reason }))}>{t("training.check.refuse")}</Button>
      </>
    );
  }
  return (
    <div class="kith-buttons">
      {completion.doc.status === "unverified" && <Button onClick={() => once(tell("verify_completion", t("training.check.verified")))}>{t("training.check.verify")}</Button>}
      <Button look="secondary" onClick={() => setWrong(true)}>{t("training.check.notRight")}</Button>
    </div>
  );
}
