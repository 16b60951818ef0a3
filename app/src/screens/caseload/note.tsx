/** Write down what was said and done. A note is written once; a correction is a new one. */

import { useState } from "preact/hooks";
import type { NoteDoc } from "@generated/contract.ts";
import { nameOf } from "../../data/caseload.ts";
import { useTyped } from "../../data/typed.ts";
import { create, moveReferral } from "../../data/write.ts";
import { at, go } from "../../router.ts";
import { useAccount, useList, useOnce, useOne, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, Radios, TextArea } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { instantOf } from "../../words/dates.ts";
import { ENDED } from "../../words/status.ts";
import { t } from "../../words/t.ts";

const NOTE_TYPES = ["note", "call", "visit", "message", "letter"] as const;
/** How an attempt to reach somebody went. Only the first is a contact. */
const WENT = ["reached", "noAnswer", "leftMessage"] as const;
const LONGEST = 4000;
const BETWEEN = ". ";

interface NoteDraft {
  readonly type: NoteDoc["type"];
  readonly went: (typeof WENT)[number];
  readonly text: string;
}

export function AddNote({ personId, back }: { readonly personId: string; readonly back: string }) {
  const reach = useReach();
  const account = useAccount();
  const person = useOne("person", personId);
  const referral = useList("referral").find((one) => one.doc.person_id === personId && !ENDED.includes(one.doc.status));
  const { typed, set, forget } = useTyped<NoteDraft>("note:" + personId, { type: "call", went: "reached", text: "" });
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  if (person === undefined || typed === undefined) return null;
  if (person === null) return <Gone kind="person" back={at("people")} />;
  const { type, went, text } = typed;
  const isAttempt = type === "call" || type === "visit";
  const isReached = !isAttempt || went === "reached";
  const outcome = isReached ? "" : t(`caseload.note.${went}`);
  const save = async (): Promise<boolean> => {
    const said = [outcome, text.trim()].filter(Boolean).join(BETWEEN);
    if (!said) {
      setErrors({ text: t("caseload.note.missing") });
      return false;
    }
    const id = await create(reach, "note", {
      person_id: personId, referral_id: referral?.id ?? null, team_id: person.doc.team_id, type, text: said,
      written_at: instantOf(new Date()), author_name: account.name,
    });
    const isFirst = referral?.doc.status === "received" && type !== "note" && isReached;
    const moved = isFirst ? await moveReferral(reach, referral, "contacted") : [];
    const draft = await forget();
    reach.say(t(isFirst ? "caseload.note.savedContacted" : "caseload.note.saved"), [...moved.reverse(), ...(await reach.midsOf(id))], draft);
    go(back);
    return true;
  };
  return (
    <Page title={t("caseload.note.title")} caption={nameOf(person)} back={back} failed={"text" in errors}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <Radios id="type" label={t("caseload.note.what")} options={NOTE_TYPES.map((value) => ({ value, label: t(`caseload.note.types.${value}`) }))} value={type} onChange={(value) => set({ type: value as NoteDoc["type"] })} />
        {isAttempt && <Radios id="went" label={t("caseload.note.went")} options={WENT.map((value) => ({ value, label: t(`caseload.note.${value}`) }))} value={went} onChange={(value) => set({ went: value as NoteDraft["went"] })} />}
        <TextArea id="text" label={t(isReached ? "caseload.note.text" : "caseload.note.textToo")} maxLength={LONGEST - (outcome && outcome + BETWEEN).length} value={text} onChange={(said) => set({ text: said })} error={errors["text"]} />
        <Button type="submit">{t("caseload.note.save")}</Button>
      </Form>
    </Page>
  );
}
