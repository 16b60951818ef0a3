/** What a centre can do with a task: call it off, open it again, say that it is done, thank, ask once more. */

import { useState } from "preact/hooks";
import type { CentreTask } from "../../data/centre.ts";
import { command, patch } from "../../data/write.ts";
import { at } from "../../router.ts";
import { useOnce, useReach } from "../../ui/context.ts";
import { Form, TextArea } from "../../ui/fields.tsx";
import { Button, ButtonLink, Details } from "../../ui/parts.tsx";
import { commandWords } from "../../words/changes.ts";
import { t } from "../../words/t.ts";

const MOST = 300;

export function TaskDeeds({ line }: { readonly line: CentreTask }) {
  const reach = useReach();
  const { task, claim, standing } = line;
  const once = useOnce(`${standing} ${task.commands.length}`);
  const waiting = [...task.commands, ...(claim?.commands ?? [])].map((one) => commandWords(one.name));
  if (waiting.length > 0) return <p role="status">{t("centre.task.waiting", { what: waiting.join(", ") })}</p>;
  const cancel = async (): Promise<void> => reach.say(t("centre.task.cancelled"), await patch(reach, "task", task.id, { status: "cancelled" }));
  const release = async (): Promise<void> => reach.say(t("centre.task.released"), await command(reach, "task", task.id, "release"));
  const complete = async (): Promise<void> => reach.say(t("centre.task.completed"), await command(reach, "task", task.id, "complete", { minutes: task.doc.minutes }));
  const isHeld = standing === "claimed" || standing === "coming" || standing === "late";
  const isOpen = standing === "waiting" || standing === "unanswered";
  return (
    <>
      {standing === "done" && claim && <Thank id={claim.id} />}
      {(standing === "expired" || standing === "cancelled") && <ButtonLink href={`${at("centre", "new")}?again=${encodeURIComponent(task.id)}`}>{t("centre.task.again")}</ButtonLink>}
      {isHeld && (
        <div class="kith-buttons">
          <Button onClick={() => once(complete)}>{t("centre.task.complete", { count: task.doc.minutes })}</Button>
          <Button look="secondary" onClick={() => once(release)}>{t("centre.task.release")}</Button>
        </div>
      )}
      {isOpen && <ButtonLink look="secondary" href={at("centre", task.id, "edit")}>{t("centre.change.title")}</ButtonLink>}
      {(isHeld || isOpen) && (
        <Details summary={t("centre.task.cancelTitle")}>
          <p>{t("centre.task.cancelText")}</p>
          <Button look="warning" onClick={() => once(cancel)}>{t("centre.task.cancel")}</Button>
        </Details>
      )}
    </>
  );
}

function Thank({ id }: { readonly id: string }) {
  const reach = useReach();
  const [words, setWords] = useState("");
  const once = useOnce();
  const thank = async (): Promise<void> => reach.say(t("centre.task.thanked"), await command(reach, "claim", id, "thank", { line: words.trim() || t("centre.task.thankUsual") }));
  return (
    <Form onSubmit={() => once(thank)}>
      <TextArea id="thanks" label={t("centre.task.thankLabel")} hint={t("centre.task.thankHint")} rows={2} maxLength={MOST} value={words} onChange={setWords} />
      <Button type="submit">{t("centre.task.thank")}</Button>
    </Form>
  );
}
