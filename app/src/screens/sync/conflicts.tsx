/** Changes made twice, a line for each record that two phones changed. */

import type { Item } from "../../data/live.ts";
import { byRecord } from "../../logic/settling.ts";
import { at } from "../../router.ts";
import { useAbout } from "../../ui/about.ts";
import { Page } from "../../ui/page.tsx";
import { Row } from "../../ui/parts.tsx";
import { useConflicts } from "../../ui/queue.ts";
import { Empty } from "../../ui/standing.tsx";
import { fieldWords, kindWords } from "../../words/changes.ts";
import { sinceWords } from "../../words/dates.ts";
import { capital, listWords, small } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

export default function Conflicts() {
  const conflicts = useConflicts();
  const about = useAbout();
  if (!conflicts) return null;
  return (
    <Page title={t("sync.conflicts.title")} back={at("sync")} backText={t("sync.back")}>
      {conflicts.length === 0 ? <Empty text={t("sync.conflicts.none")} /> : <p>{t("sync.conflicts.intro")}</p>}
      <ul class="kith-list">
        {byRecord(conflicts).map((group) => (
          <Line key={group[0]?.id} group={group} about={about} />
        ))}
      </ul>
    </Page>
  );
}

function Line({ group, about }: { readonly group: readonly Item<"conflict">[]; readonly about: ReturnType<typeof useAbout> }) {
  const last = group.at(-1);
  if (!last) return null;
  const isAnswered = group.every((one) => one.commands.length > 0);
  return (
    <Row href={at("conflicts", last.id)} name={titleOf(group, about({ kind: last.doc.record_kind, id: last.doc.record_id }))}>
      {capital(sinceWords(last.doc.raised_at, new Date()))}
      {isAnswered && ` · ${t("sync.conflicts.answered")}`}
    </Row>
  );
}

/** "Phone number and address of Ada Example". */
export function titleOf(group: readonly Item<"conflict">[], about: string | null): string {
  const [first = "", ...rest] = [...new Set(group.map((one) => (one.doc.field === "*" ? t("sync.conflicts.all") : fieldWords(one.doc.field))))];
  return t("sync.conflicts.of", { fields: listWords([first, ...rest.map(small)]), about: about ?? kindWords(group[0]?.doc.record_kind ?? "") });
}
