/** What a volunteer can do about a task now: the main thing at the thumb, the rest above it. */

import { claimedFor } from "../../data/claimed.ts";
import type { Item } from "../../data/live.ts";
import type { TaskLine } from "../../data/tasks.ts";
import { command } from "../../data/write.ts";
import { isNothing, type Missing } from "../../logic/missing.ts";
import { at } from "../../router.ts";
import { today, useOnce, useReach } from "../../ui/context.ts";
import { Button, ButtonLink } from "../../ui/parts.tsx";
import { dayOf } from "../../words/dates.ts";
import { t } from "../../words/t.ts";

/** What a claimant has said and the server has not heard, in words: nothing else can be said of the task until it has. */
export function endingOf({ commands }: Item<"task">): string | null {
  for (const { name } of commands) if (name === "complete" || name === "release") return t(`tasks.waiting.${name}`);
  return null;
}

export function Doing({ line, missing }: { readonly line: TaskLine; readonly missing: Missing }) {
  const { task, state } = line;
  const ending = endingOf(task);
  if (ending) return <p role="status">{ending}</p>;
  if (state === "open") return <Claim line={line} able={isNothing(missing)} />;
  return state === "mine" ? <Mine line={line} /> : null;
}

function Claim({ line, able }: { readonly line: TaskLine; readonly able: boolean }) {
  const reach = useReach();
  const { task, ask } = line;
  // What was taken back may be done again: by then the task stands otherwise.
  const once = useOnce(task.commands.length);
  const claim = async (): Promise<void> => {
    await claimedFor(reach.kith, task);
    const mid = await command(reach, "task", task.id, "claim", {}, task.doc.window_until_at);
    reach.say(t("tasks.claimSaved"), mid);
    reach.engine.soon(0);
  };
  if (!able && !ask) return null;
  return (
    <div class="kith-dock">
      {able && <Button onClick={() => once(claim)}>{t("tasks.claim")}</Button>}
      {ask && <a class="kith-more" href={at("tasks", task.id, "no")}>{t("tasks.ask.no")}</a>}
    </div>
  );
}

function Mine({ line }: { readonly line: TaskLine }) {
  const { task, claim } = line;
  const out = claim?.doc.status === "en_route" || task.commands.some(({ name }) => name === "set_out");
  // Days before, nothing lies at the thumb: a slip would tell people that somebody is coming.
  const isEarly = dayOf(new Date(task.doc.window_from_at)) > today();
  return (
    <>
      <div class="kith-buttons">
        <ButtonLink look="secondary" href={at("tasks", task.id, "late")}>{t("tasks.late.link")}</ButtonLink>
        {!out && isEarly && <SetOut task={task} look="secondary" />}
        {!out && <ButtonLink look="secondary" href={at("tasks", task.id, "done")}>{t("tasks.done.link")}</ButtonLink>}
        <ButtonLink look="secondary" href={at("tasks", task.id, "back")}>{t("tasks.back.link")}</ButtonLink>
      </div>
      {(out || !isEarly) && (
        <div class="kith-dock">
          {out ? <ButtonLink href={at("tasks", task.id, "done")}>{t("tasks.done.link")}</ButtonLink> : <SetOut task={task} look="primary" />}
        </div>
      )}
    </>
  );
}

function SetOut({ task, look }: { readonly task: Item<"task">; readonly look: "primary" | "secondary" }) {
  const reach = useReach();
  const once = useOnce(task.commands.length);
  const setOut = async (): Promise<void> => {
    const mid = await command(reach, "task", task.id, "set_out", {}, task.doc.window_until_at);
    reach.say(t("tasks.way.said"), mid);
    reach.engine.soon(0);
  };
  return <Button look={look} onClick={() => once(setOut)}>{t("tasks.way.setOut")}</Button>;
}
