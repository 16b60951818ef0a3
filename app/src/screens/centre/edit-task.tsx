/** Put a task right that nobody has taken yet: a slip in its day, its name or its address. */

import { useState } from "preact/hooks";
import { findPlace } from "../../data/places.ts";
import type { Item } from "../../data/live.ts";
import { create, patch } from "../../data/write.ts";
import { changesOf } from "../../logic/changed.ts";
import { privatePart, publicChanges, typedFrom } from "../../logic/new-task.ts";
import { readPostcode } from "../../logic/postcode.ts";
import { at, go } from "../../router.ts";
import { useAccount, useOnce, useOne, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form } from "../../ui/fields.tsx";
import { useOpened } from "../../ui/opened.ts";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";
import { TaskFields, wrongWords } from "./task-fields.tsx";

export function EditTask({ id }: { readonly id: string }) {
  const task = useOne("task", id);
  const detail = useOne("task_detail", id);
  if (task === undefined || detail === undefined) return null;
  if (task === null) return <Gone kind="task" back={at("centre")} />;
  if (task.doc.status !== "open" || task.commands.length > 0) {
    return <Page title={t("centre.change.title")} caption={task.doc.name} back={at("centre", id)}><p>{t("centre.change.late")}</p></Page>;
  }
  return <Editor task={task} detail={detail} />;
}

function Editor({ task, detail }: { readonly task: Item<"task">; readonly detail: Item<"task_detail"> | null }) {
  const reach = useReach();
  const account = useAccount();
  const [start] = useState(() => ({ typed: typedFrom(task.doc, detail?.doc), task: task.doc, detail: detail?.doc }));
  const seen = useOpened(task);
  const seenDetail = useOpened(detail);
  const [typed, setTyped] = useState(start.typed);
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const back = at("centre", task.id);
  const save = async (): Promise<boolean> => {
    const wrong = wrongWords(typed, true);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    const postcode = readPostcode(typed.postcode);
    const place = postcode ? await findPlace(reach.kith, postcode, account.districts) : null;
    if (postcode && !place) {
      setErrors({ postcode: t("upkeep.wrong.postcode") });
      return false;
    }
    const mids = await patch(reach, "task", task.id, publicChanges(start.task, start.typed, typed, place), seen);
    const hidden = privatePart(typed, task.doc.centre_id, task.id);
    if (start.detail) mids.push(...(await patch(reach, "task_detail", task.id, changesOf(start.detail, { ...start.detail, ...hidden }), seenDetail)));
    else await create(reach, "task_detail", hidden, task.id);
    reach.say(t(mids.length > 0 || !start.detail ? "centre.change.saved" : "upkeep.unchanged"), mids);
    go(back);
    return true;
  };
  return (
    <Page title={t("centre.change.title")} caption={task.doc.name} back={back} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)} seen={seen}>
        <TaskFields typed={typed} set={(change) => setTyped((before) => ({ ...before, ...change }))} errors={errors} hasPlace />
        <Button type="submit">{t("upkeep.save")}</Button>
      </Form>
    </Page>
  );
}
