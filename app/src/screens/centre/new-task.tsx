/** A new task, often while somebody is on the telephone: what anybody may read, and what only who takes it sees. */

import { useEffect, useState } from "preact/hooks";
import { useTyped } from "../../data/typed.ts";
import { findPlace } from "../../data/places.ts";
import { create } from "../../data/write.ts";
import { againFrom, NO_TASK, privatePart, publicPart, type Spot, spotOf, type TypedTask } from "../../logic/new-task.ts";
import { readPostcode } from "../../logic/postcode.ts";
import { at, go } from "../../router.ts";
import { useAccount, useOne, useOnce, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";
import { TaskFields, wrongWords } from "./task-fields.tsx";

export function NewTask({ again }: { readonly again: string | null }) {
  const task = useOne("task", again ?? "");
  const detail = useOne("task_detail", again ?? "");
  if (again !== null && (task === undefined || detail === undefined)) return null;
  return <Editor id={`task:${again ?? "new"}`} start={task ? againFrom(task.doc, detail?.doc) : NO_TASK} spot={task ? spotOf(task.doc) : null} />;
}

/** spot : where it was the last time. */
function Editor({ id, start, spot }: { readonly id: string; readonly start: TypedTask; readonly spot: Spot | null }) {
  const reach = useReach();
  const account = useAccount();
  const { typed, set, forget } = useTyped(id, start);
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  useEffect(() => setErrors({}), [id]);
  if (!typed) return null;
  const save = async (): Promise<boolean> => {
    const errors = wrongWords(typed, spot !== null);
    setErrors(errors);
    if (Object.keys(errors).length > 0) return false;
    const postcode = readPostcode(typed.postcode);
    const place = postcode ? await findPlace(reach.kith, postcode, account.districts) : spot;
    if (!place) {
      setErrors({ postcode: t("upkeep.wrong.postcode") });
      return false;
    }
    const [centreId = ""] = account.centre_ids;
    const made = await create(reach, "task", publicPart(typed, centreId, place, place.district));
    await create(reach, "task_detail", privatePart(typed, centreId, made), made);
    const draft = await forget();
    go(at("centre", made));
    reach.say(t("centre.new.saved"), [...(await reach.midsOf(made))], draft);
    return true;
  };
  return (
    <Page title={t("centre.new.title")} back={at("centre")} backText={t("centre.tasks.title")} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        <TaskFields typed={typed} set={set} errors={errors} hasPlace={spot !== null} />
        <Button type="submit">{t("centre.new.save")}</Button>
      </Form>
      <p class="kith-quiet">{t("centre.new.kept")}</p>
    </Page>
  );
}
