/** How a task stands for the volunteer who looks at it, in a few words at the top of its page. */

import { useMoved } from "../../data/claimed.ts";
import type { TaskLine } from "../../data/tasks.ts";
import { useTopWhen } from "../../ui/to-top.ts";
import { Notice } from "../../ui/parts.tsx";
import { clockOf, spanWords, timeWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";
import { leftWords } from "./row.tsx";

interface Words {
  readonly title: string;
  readonly text: string;
  readonly attention?: boolean;
}

export function Stands({ line, now }: { readonly line: TaskLine; readonly now: Date }) {
  const words = wordsOf(line, now);
  const { state, task: { doc } } = line;
  const moved = useMoved(line.task) && state === "mine" ? t("tasks.won.moved", { when: spanWords(doc.window_from_at, doc.window_until_at, now) }) : null;
  useTopWhen(words?.title ?? "");
  if (words === null) return null;
  return (
    <Notice attention={words.attention ?? moved !== null}>
      <h2 class="nhsuk-heading-s">{words.title}</h2>
      <p role="status">{words.text}</p>
      {moved && <p><strong>{moved}</strong></p>}
    </Notice>
  );
}

function wordsOf(line: TaskLine, now: Date): Words | null {
  const { state, ask, claim, task } = line;
  if (state === "pending") return { title: t("tasks.pending.title"), text: t("tasks.pending.text"), attention: true };
  if (state === "mine") return claim?.doc.status === "en_route" ? onTheWay(claim) : { title: t("tasks.won.title"), text: t("tasks.won.text") };
  if (task.doc.status === "cancelled") return { title: t("tasks.off.title"), text: t(claim?.doc.status === "released" ? "tasks.off.mine" : "tasks.off.text"), attention: true };
  if (claim?.doc.status === "done") return { title: t("tasks.did.title"), text: claim.doc.thanks ?? t("tasks.did.text") };
  if (claim?.doc.status === "lapsed") return { title: t("tasks.lapsed.title"), text: t("tasks.lapsed.text"), attention: true };
  if (state === "past" || task.doc.status === "expired") return { title: t("tasks.past.title"), text: t("tasks.past.text") };
  if (state === "other") return { title: t("tasks.taken.title"), text: t("tasks.taken.text") };
  return ask ? { title: t("tasks.ask.title"), text: leftWords(ask.doc.answer_until_at, now), attention: true } : null;
}

function onTheWay(claim: NonNullable<TaskLine["claim"]>): Words {
  const { late_min, set_out_at } = claim.doc;
  const since = set_out_at ? timeWords(clockOf(new Date(set_out_at))) : null;
  const text = late_min ? t("tasks.way.late", { count: late_min }) : since ? t("tasks.way.since", { time: since }) : t("tasks.way.text");
  return { title: t("tasks.way.title"), text };
}
