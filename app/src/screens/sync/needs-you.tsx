/** What only a person can settle: changes made twice, and changes that were not taken. */

import { at } from "../../router.ts";
import { Notice } from "../../ui/parts.tsx";
import { useAttention, useConflicts, useFiles } from "../../ui/queue.ts";
import { Refused, RefusedFile } from "../../ui/standing.tsx";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

export function NeedsYou() {
  const refused = useAttention();
  const files = useFiles();
  const conflicts = useConflicts() ?? [];
  if (refused.length + conflicts.length + files.filter((file) => file.refused).length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("sync.needsYou.title")}</h2>
      {conflicts.length > 0 && (
        <Notice attention>
          <p>
            <a href={at("conflicts")}>{capital(t("sync.needsYou.conflicts", { count: conflicts.length }))}</a>: {t("sync.needsYou.choose")}
          </p>
        </Notice>
      )}
      {refused.map((entry) => (
        <Refused key={entry.mid} entry={entry} />
      ))}
      {files.map((file) => file.refused && <RefusedFile key={file.id} file={file} problem={file.refused} />)}
    </>
  );
}
