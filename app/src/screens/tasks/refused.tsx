/** A claim that was not won, or another word about a task that was not taken, told kindly, with others like it. */

import type { Item } from "../../data/live.ts";
import { othersLike } from "../../data/tasks.ts";
import { isNothing, missingFor } from "../../logic/missing.ts";
import { at, go } from "../../router.ts";
import { today, useAccount, useOne, useReach } from "../../ui/context.ts";
import { useAbout } from "../../ui/about.ts";
import { Button, Notice } from "../../ui/parts.tsx";
import { Written } from "../../ui/written.tsx";
import { useTopWhen } from "../../ui/to-top.ts";
import { useAttention } from "../../ui/queue.ts";
import { changeWords } from "../../words/changes.ts";
import { missingWords, problemDetail, problemWords } from "../../words/problems.ts";
import { t } from "../../words/t.ts";
import { useTasks } from "./held.ts";
import { TaskRow } from "./row.tsx";

const LACKING = "/problems/not-qualified";
const TAKEN = "/problems/task-already-claimed";

export function Refused({ id, task }: { readonly id: string; readonly task: Item<"task"> }) {
  const { kith } = useReach();
  const { volunteer_id } = useAccount();
  const { open } = useTasks(volunteer_id);
  const me = useOne("volunteer", volunteer_id ?? "")?.doc;
  const refused = useAttention().filter((entry) => entry.kind === "task" && entry.id === id);
  const last = refused.at(-1);
  const about = useAbout();
  const deeds = refused.filter(({ command }) => command?.name === "complete");
  useTopWhen(last?.mid ?? "");
  if (!last) return null;
  const dismiss = async (): Promise<void> => {
    for (const entry of refused) await kith.client.dismiss(entry.mid);
    kith.live.changed(["task"]);
    go(at("tasks"));
  };
  const able = open.filter(({ task: { doc } }) => me && isNothing(missingFor(doc, me, today())));
  const others = last.problem.type === TAKEN ? othersLike(task, able) : [];
  // What is missing stands below in full.
  const isTold = last.problem.type === LACKING && me !== undefined && !isNothing(missingFor(task.doc, me, today()));
  const detail = last.problem.type === TAKEN ? t("tasks.lost.text") : problemDetail(last.problem);
  return (
    <Notice attention>
      <h2 class="nhsuk-heading-s">{problemWords(last.problem)}</h2>
      {isTold ? <p role="status">{t("tasks.lost.lacks")}</p> : detail && <p role="status">{detail}</p>}
      {!isTold && missingWords(last.problem).map((words) => (
        <p key={words}>{words}</p>
      ))}
      {deeds.map((entry) => (
        <div key={entry.mid}>
          <p>{t("sync.refused.title", { change: changeWords(entry, about(entry)) })}. {t("tasks.lost.did")}</p>
          <Written entry={entry} />
        </div>
      ))}
      {others.length > 0 && (
        <>
          <h3 class="nhsuk-heading-xs">{t("tasks.lost.others")}</h3>
          <ul class="kith-list">
            {others.map((line) => (
              <TaskRow key={line.task.id} line={line} />
            ))}
          </ul>
        </>
      )}
      <Button look="secondary" onClick={() => void dismiss()}>
        {t("tasks.lost.see")}
      </Button>
    </Notice>
  );
}
