/** Changes made twice: mine, theirs, which to keep, or a third. */

import { useState } from "preact/hooks";
import type { Doc, Json } from "@contract/sync/index.ts";
import { type ConflictDoc, type FieldRule, KINDS, label } from "@generated/contract.ts";
import { at, go } from "../router.ts";
import { nameOf } from "../data/caseload.ts";
import { enrolledId } from "../data/kith.ts";
import { type Item, useTopics } from "../data/live.ts";
import { command } from "../data/write.ts";
import { joined, mayWrite } from "../logic/settling.ts";
import { useList, useLoaded, useOnce, useReach } from "../ui/context.ts";
import { type Errors, ErrorSummary, Form, Radios, TextArea, TextField } from "../ui/fields.tsx";
import { NotHere, Page } from "../ui/page.tsx";
import { Button, Row } from "../ui/parts.tsx";
import { KIND_WORDS } from "../words/changes.ts";
import { dateWords, sinceWords } from "../words/dates.ts";
import { capital, fieldWords, listWords } from "../words/plain.ts";
import { PLACEMENT_STATUS, REFERRAL_STATUS } from "../words/status.ts";

export default function Conflicts() {
  const conflicts = useLoaded("conflict")?.filter((one) => one.doc.status === "open");
  const aboutWhom = useAbout();
  if (!conflicts) return null;
  return (
    <Page title="Changes made twice" back={at("sync")} backText="Sync">
      <p>Two phones changed the same thing. One of the two stands for now. Look at each, and choose what should stay.</p>
      {conflicts.length === 0 && <p>There is nothing to settle.</p>}
      <ul class="kith-list">
        {conflicts.map((conflict) => (
          <Row key={conflict.id} href={at("conflicts", conflict.id)} name={`${fieldWords(conflict.doc.field)} of ${aboutWhom(conflict.doc)}`}>
            {capital(sinceWords(conflict.doc.raised_at, new Date()))}
            {conflict.commands.length > 0 && " · your answer is waiting to be sent"}
          </Row>
        ))}
      </ul>
    </Page>
  );
}

/** Words for the record that a conflict is about: a person by name, anything else by its kind. */
function useAbout(): (conflict: ConflictDoc) => string {
  const people = new Map(useList("person").map((one) => [one.id, nameOf(one)]));
  const referrals = new Map(useList("referral").map((one) => [one.id, one.doc.person_id]));
  return ({ record_kind, record_id }) =>
    people.get(record_id) ?? people.get(referrals.get(record_id) ?? "") ?? KIND_WORDS[record_kind] ?? record_kind;
}

export function Conflict({ id }: { readonly id: string }) {
  const conflict = useLoaded("conflict")?.find((one) => one.id === id);
  const loaded = useLoaded("conflict") !== undefined;
  if (!loaded) return null;
  return conflict ? <Settle conflict={conflict} /> : <NotHere what="change" back={at("conflicts")} />;
}

function Settle({ conflict }: { readonly conflict: Item<"conflict"> }) {
  const reach = useReach();
  const about = useAbout()(conflict.doc);
  const { doc } = conflict;
  useTopics(reach.kith.live, ["device"]);
  const rule = ruleOf(doc);
  const [keep, setKeep] = useState("");
  const [other, setOther] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce(conflict.commands.length);
  const { kith } = reach;
  const byMe = doc.by_device !== null && doc.by_device === kith.live.get("device", () => enrolledId(kith));
  const [mine, theirs] = [wordsOf(rule, doc.mine["value"] ?? null), wordsOf(rule, doc.theirs["value"] ?? null)];
  const both = joined(rule, doc);
  const save = async (): Promise<boolean> => {
    const wrong = wrongWith(keep, other);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const args: Doc = keep === "other" ? { keep, value: other.trim() } : keep === "both" ? { keep: "other", value: both } : { keep };
    const mid = await command(reach, "conflict", conflict.id, "resolve_conflict", args);
    reach.say("Saved. It will be settled when it is sent", mid);
    go(at("conflicts"));
    return true;
  };
  const options = [
    { value: "mine", label: `${byMe ? "Yours" : "The later one"}: ${mine}` },
    { value: "theirs", label: `${byMe ? "Theirs" : "The earlier one"}: ${theirs}` },
    ...(both !== null ? [{ value: "both", label: "Keep both, as it stands now" }] : []),
    ...(mayWrite(rule, doc.field) ? [{ value: "other", label: "Write something else" }] : []),
  ];
  return (
    <Page title={`${fieldWords(doc.field)} of ${about}`} back={at("conflicts")} backText="Changes made twice" failed={Object.keys(errors).length > 0}>
      <p>It stands now as: {wordsOf(rule, doc.kept["value"] ?? null)}.</p>
      {doc.status === "resolved" || conflict.commands.length > 0 ? (
        <p role="status">{doc.status === "resolved" ? "This has been settled." : "Your answer is saved and waits to be sent."}</p>
      ) : (
        <>
          <ErrorSummary errors={errors} />
          <Form onSubmit={() => once(save)}>
            <Radios id="keep" label="Which should stay?" options={options} value={keep} onChange={setKeep} error={errors["keep"]} />
            {keep === "other" &&
              (rule?.merge === "text" ? (
                <TextArea id="other" label="What it should be" value={other} onChange={setOther} error={errors["other"]} />
              ) : (
                <TextField id="other" label="What it should be" value={other} onChange={setOther} error={errors["other"]} />
              ))}
            <Button type="submit">Save</Button>
          </Form>
        </>
      )}
    </Page>
  );
}

function wrongWith(keep: string, other: string): Errors {
  if (!keep) return { keep: "Choose which to keep" };
  return keep === "other" && !other.trim() ? { other: "Write what it should be" } : {};
}

function ruleOf(doc: ConflictDoc): FieldRule | undefined {
  return (KINDS as { [kind: string]: { fields: { [field: string]: FieldRule } } })[doc.record_kind]?.fields[doc.field];
}

function wordsOf(rule: FieldRule | undefined, value: Json): string {
  if (value === null || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return listWords(value.map((one) => wordsOf(rule, one)));
  if (rule?.vocabulary && typeof value === "string") return label(rule.vocabulary, value);
  if (rule?.moves && typeof value === "string") return stateWords(value);
  if (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value)) return dateWords(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function stateWords(state: string): string {
  const all: { readonly [state: string]: { readonly text: string } } = { ...PLACEMENT_STATUS, ...REFERRAL_STATUS };
  return all[state]?.text ?? state;
}

