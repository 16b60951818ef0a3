/** A member's statement: every line that moved minutes, the newest first. */

import { useMember } from "../../data/bank.ts";
import type { Item } from "../../data/live.ts";
import { otherOf, ownOf } from "../../logic/timebank.ts";
import { at } from "../../router.ts";
import { useAccount, useList } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Empty } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";
import { Balance } from "./balance.tsx";
import { EntryRow } from "./entry-row.tsx";

export function Statement() {
  const member = useMember();
  const { volunteer_id } = useAccount();
  const books = { entries: useList("entry"), accounts: useList("account"), exchanges: useList("exchange") };
  // That of a closed account stays to be read.
  const own = ownOf(books.accounts, volunteer_id);
  if (!own) return null;
  const mine = newestFirst(books.entries.filter(({ doc }) => doc.account_id === own.id));
  return (
    <Page title={t("timebank.statement.title")} back={at("timebank")} backText={t("timebank.title")}>
      {member && <Balance minutes={member.minutes} />}
      {mine.length === 0 && <Empty text={t("timebank.statement.empty")} />}
      <ul class="kith-list">
        {mine.map((entry) => (
          <EntryRow key={entry.id} entry={entry} other={otherOf(entry, books)} />
        ))}
      </ul>
    </Page>
  );
}

export function newestFirst(entries: readonly Item<"entry">[]): Item<"entry">[] {
  return [...entries].sort((a, b) => (a.doc.posted_at < b.doc.posted_at ? 1 : a.doc.posted_at > b.doc.posted_at ? -1 : a.id < b.id ? 1 : -1));
}
