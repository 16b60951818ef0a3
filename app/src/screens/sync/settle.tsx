/** One record that two phones changed: every field that could not stand twice, settled together. */

import { useState } from "preact/hooks";
import { enrolledId } from "../../data/kith.ts";
import { type Item, useTopics } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { contactWrong } from "../../logic/contact.ts";
import { A_LIFE, farOff } from "../../logic/days.ts";
import { answerOf, byRecord, type Given, joined, thirdOf, wrongWith } from "../../logic/settling.ts";
import { at, go } from "../../router.ts";
import { useAbout } from "../../ui/about.ts";
import { today, useLoaded, useOnce, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { fieldWords } from "../../words/changes.ts";
import { t } from "../../words/t.ts";
import { rulesOf, sideWords } from "../../words/values.ts";
import { Answer } from "./answer.tsx";
import { titleOf } from "./conflicts.tsx";

const NOTHING: Given = { keep: "", other: "" };
/** Fields in which a third value must reach somebody. */
const CONTACTS = ["phone", "email", "caller_phone"];

export function Conflict({ id }: { readonly id: string }) {
  const conflicts = useLoaded("conflict");
  if (!conflicts) return null;
  const asked = conflicts.find((one) => one.id === id);
  if (!asked) return <Gone kind="conflict" back={at("conflicts")} />;
  const open = byRecord(conflicts.filter((one) => one.doc.status === "open")).find((group) => group.some((one) => one.id === id));
  return <Settle conflicts={open ?? [asked]} />;
}

function Settle({ conflicts }: { readonly conflicts: readonly Item<"conflict">[] }) {
  const reach = useReach();
  const about = useAbout();
  const [given, setGiven] = useState<{ readonly [id: string]: Given }>({});
  const [errors, setErrors] = useState<Errors>({});
  const toAnswer = conflicts.filter((one) => one.doc.status === "open" && one.commands.length === 0);
  const once = useOnce(toAnswer.length);
  const save = async (): Promise<boolean> => {
    const wrong = errorsOf(toAnswer, given);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const mids: string[] = [];
    for (const one of toAnswer) mids.push(await command(reach, "conflict", one.id, "resolve_conflict", argumentsOf(one, given[one.id] ?? NOTHING)));
    reach.say(t("sync.conflicts.saved"), mids);
    go(at("conflicts"));
    return true;
  };
  const first = conflicts[0];
  const title = first ? titleOf(conflicts, about({ kind: first.doc.record_kind, id: first.doc.record_id })) : t("sync.conflicts.title");
  const byMe = useByMe();
  return (
    <Page title={title} back={at("conflicts")} backText={t("sync.conflicts.title")} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      {conflicts.filter((one) => !toAnswer.includes(one)).map((one) => (
        <Settled key={one.id} conflict={one} />
      ))}
      {toAnswer.length > 0 && (
        <Form onSubmit={() => once(save)}>
          {toAnswer.map((one) => (
            <Answer
              key={one.id} conflict={one} alone={toAnswer.length === 1} byMe={byMe(one)} given={given[one.id] ?? NOTHING}
              onChange={(next) => setGiven({ ...given, [one.id]: next })} error={errors[`keep-${one.id}`]} otherError={errors[`other-${one.id}`]}
            />
          ))}
          <Button type="submit">{t("sync.conflicts.save")}</Button>
        </Form>
      )}
    </Page>
  );
}

function Settled({ conflict: { doc } }: { readonly conflict: Item<"conflict"> }) {
  return (
    <>
      <h2 class="nhsuk-heading-s">{fieldWords(doc.field)}</h2>
      <p>{t("sync.conflicts.stands", { value: sideWords(doc.record_kind, doc.field, doc.kept) })}</p>
      <p role="status">{t(doc.status === "resolved" ? "sync.conflicts.settled" : "sync.conflicts.waits")}</p>
    </>
  );
}

/** Whether this phone made the later of the two changes. */
function useByMe(): (conflict: Item<"conflict">) => boolean {
  const { kith } = useReach();
  useTopics(kith.live, ["device"]);
  const device = kith.live.get("device", () => enrolledId(kith));
  return ({ doc }) => doc.by_device !== null && doc.by_device === device;
}

function ruleAndThird({ doc }: Item<"conflict">) {
  const rule = rulesOf(doc.record_kind)[doc.field];
  return { rule, third: thirdOf(rule, doc.field, doc) };
}

function errorsOf(conflicts: readonly Item<"conflict">[], given: { readonly [id: string]: Given }): Errors {
  const wrong: { [field: string]: string } = {};
  for (const one of conflicts) {
    const { third } = ruleAndThird(one);
    const answer = given[one.id] ?? NOTHING;
    const found = wrongWith(answer, third);
    if (found === "chooseOne") wrong[`keep-${one.id}`] = t("sync.conflicts.chooseOne");
    else if (found !== null) wrong[`other-${one.id}`] = t(third === "day" ? "sync.conflicts.day" : `sync.conflicts.${found}`);
    else if (answer.keep === "other") Object.assign(wrong, unlikely(one, answer.other));
  }
  return wrong;
}

/** A third value that reads well and can hardly be meant, by the id of its field. */
function unlikely(conflict: Item<"conflict">, other: string): Errors {
  const { field } = conflict.doc;
  const id = `other-${conflict.id}`;
  if (ruleAndThird(conflict).third === "day") return farOff({ [id]: other }, A_LIFE, today());
  const [said] = CONTACTS.includes(field) ? Object.values(contactWrong({ [field]: other })) : [];
  return said ? { [id]: said } : {};
}

function argumentsOf(conflict: Item<"conflict">, given: Given) {
  const { rule, third } = ruleAndThird(conflict);
  return answerOf(given, third, joined(rule, conflict.doc));
}
