/** Give a task back, with a reason or without. */

import { useState } from "preact/hooks";
import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { at, go } from "../../router.ts";
import { useOnce, useReach } from "../../ui/context.ts";
import { Form } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";
import { Reasons } from "./reasons.tsx";
import { Yours } from "./yours.tsx";

export function Release({ id }: { readonly id: string }) {
  return <Yours id={id}>{({ task }) => <GiveBack task={task} />}</Yours>;
}

function GiveBack({ task }: { readonly task: Item<"task"> }) {
  const reach = useReach();
  const once = useOnce();
  const [reason, setReason] = useState("");
  const release = async (): Promise<void> => {
    const mid = await command(reach, "task", task.id, "release", reason === "" ? {} : { reason });
    reach.say(t("tasks.back.said"), mid);
    reach.engine.soon(0);
    go(at("tasks", task.id));
  };
  return (
    <Page title={t("tasks.back.title")} caption={task.doc.name} back={at("tasks", task.id)}>
      <p>{t("tasks.back.hint")}</p>
      <Form onSubmit={() => once(release)}>
        <Reasons value={reason} onChange={setReason} />
        <Button type="submit">{t("tasks.back.link")}</Button>
      </Form>
    </Page>
  );
}
