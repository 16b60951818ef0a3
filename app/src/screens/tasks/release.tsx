/** Give a task back, with a reason or without. */

import { useState } from "preact/hooks";
import { command } from "../../data/write.ts";
import { at, go } from "../../router.ts";
import { useOnce, useOne, useReach } from "../../ui/context.ts";
import { Form } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";
import { Reasons } from "./reasons.tsx";

export function Release({ id }: { readonly id: string }) {
  const reach = useReach();
  const once = useOnce();
  const task = useOne("task", id);
  const [reason, setReason] = useState("");
  if (task === undefined) return null;
  if (task === null) return <Gone kind="task" back={at("tasks")} />;
  const release = async (): Promise<void> => {
    const mid = await command(reach, "task", id, "release", reason === "" ? {} : { reason });
    reach.say(t("tasks.back.said"), mid);
    reach.engine.soon(0);
    go(at("tasks", id));
  };
  return (
    <Page title={t("tasks.back.title")} caption={task.doc.name} back={at("tasks", id)}>
      <p>{t("tasks.back.hint")}</p>
      <Form onSubmit={() => once(release)}>
        <Reasons value={reason} onChange={setReason} />
        <Button type="submit">{t("tasks.back.link")}</Button>
      </Form>
    </Page>
  );
}
