/** Say no to what one was asked, with a reason or without. */

import { useState } from "preact/hooks";
import { liner } from "../../data/tasks.ts";
import { command } from "../../data/write.ts";
import { at, go } from "../../router.ts";
import { useAccount, useOnce, useOne, useReach } from "../../ui/context.ts";
import { Form } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";
import { useHeld, useNow } from "./held.ts";
import { Reasons } from "./reasons.tsx";

export function Decline({ id }: { readonly id: string }) {
  const reach = useReach();
  const once = useOnce();
  const now = useNow();
  const held = useHeld(useAccount().volunteer_id);
  const task = useOne("task", id);
  const [reason, setReason] = useState("");
  if (task === undefined) return null;
  if (task === null) return <Gone kind="task" back={at("tasks")} />;
  const { ask } = liner(held, now)(task);
  if (ask === null) {
    return (
      <Page title={t("tasks.no.over")} caption={task.doc.name} back={at("tasks", id)}>
        <p>{t("tasks.no.overText")}</p>
      </Page>
    );
  }
  const decline = async (): Promise<void> => {
    const mid = await command(reach, "ask", ask.id, "decline_ask", reason === "" ? {} : { reason }, ask.doc.answer_until_at);
    reach.say(t("tasks.no.said"), mid);
    go(at("tasks"));
  };
  return (
    <Page title={t("tasks.no.title")} caption={task.doc.name} back={at("tasks", id)}>
      <p>{t("tasks.no.hint")}</p>
      <Form onSubmit={() => once(decline)}>
        <Reasons value={reason} onChange={setReason} />
        <Button type="submit">{t("tasks.no.save")}</Button>
      </Form>
    </Page>
  );
}
