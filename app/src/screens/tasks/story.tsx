/** What has happened with a task so far, one line after the other. */

import type { TaskLine } from "../../data/tasks.ts";
import { timeline } from "../../logic/timeline.ts";
import { at } from "../../router.ts";
import { useAccount, useList } from "../../ui/context.ts";
import { sinceWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";

export function Story({ line }: { readonly line: TaskLine }) {
  const { volunteer_id } = useAccount();
  const asked = useList("ask").filter(({ doc }) => doc.task_id === line.task.id && doc.volunteer_id === volunteer_id);
  const ask = line.ask ?? asked.sort((a, b) => b.doc.wave - a.doc.wave)[0] ?? null;
  const credited = useList("entry").find(({ doc }) => doc.about_id === line.claim?.id && doc.minutes > 0);
  const events = timeline(line.task, ask, line.claim);
  if (events.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("tasks.story.title")}</h2>
      <ol class="kith-story">
        {events.map(({ what, at: when, minutes }) => (
          <li key={`${what} ${when}`} class={when === null ? "kith-story__waits" : undefined}>
            {t(`tasks.story.${what}`, { count: minutes ?? 0 })}{" "}
            <span class="kith-quiet">{when === null ? t("tasks.story.waits") : sinceWords(when, new Date())}</span>
          </li>
        ))}
        {credited && (
          <li>
            {t("tasks.story.credited", { count: credited.doc.minutes })} <a href={at("timebank")}>{t("tasks.story.bank")}</a>
          </li>
        )}
      </ol>
      {line.claim?.doc.thanks && <blockquote class="kith-thanks">{line.claim.doc.thanks}</blockquote>}
    </>
  );
}
