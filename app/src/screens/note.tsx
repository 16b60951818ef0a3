/** Write down what was said and done. A note is written once; a correction is a new one. */

import { useState } from "preact/hooks";
import type { NoteDoc } from "@generated/contract.ts";
import { at, go } from "../router.ts";
import { nameOf } from "../data/caseload.ts";
import { create } from "../data/write.ts";
import { useAccount, useList, useOnce, useOne, useReach } from "../ui/context.ts";
import { type Errors, ErrorSummary, Form, optionsOf, Radios, TextArea } from "../ui/fields.tsx";
import { NotHere, Page } from "../ui/page.tsx";
import { Button } from "../ui/parts.tsx";
import { instantOf } from "../words/dates.ts";
import { ENDED, NOTE_TYPES } from "../words/status.ts";

export function AddNote({ personId, back }: { readonly personId: string; readonly back: string }) {
  const reach = useReach();
  const account = useAccount();
  const person = useOne("person", personId);
  const referrals = useList("referral").filter((one) => one.doc.person_id === personId && !ENDED.includes(one.doc.status));
  const [type, setType] = useState("note");
  const [text, setText] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  if (person === undefined) return null;
  if (person === null) return <NotHere what="person" back={at("people")} />;
  const save = async (): Promise<boolean> => {
    if (!text.trim()) {
      setErrors({ text: "Write the note" });
      return false;
    }
    const id = await create(reach, "note", {
      person_id: personId, referral_id: referrals[0]?.id ?? null, team_id: person.doc.team_id, type: type as NoteDoc["type"],
      text: text.trim(), written_at: instantOf(new Date()), author_name: account.name,
    });
    reach.say("Note saved", await reach.midsOf(id));
    go(back);
    return true;
  };
  return (
    <Page title="Add a note" caption={nameOf(person)} back={back} failed={"text" in errors}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <Radios id="type" label="What was it?" options={optionsOf(NOTE_TYPES)} value={type} onChange={setType} />
        <TextArea id="text" label="What was said and done" value={text} onChange={setText} error={errors["text"]} />
        <Button type="submit">Save note</Button>
      </Form>
    </Page>
  );
}
