/** What the people of this caseload have still to be told. */

import type { Item } from "../../data/live.ts";
import { noticesNow } from "../../logic/events.ts";
import { stillToTell } from "../../logic/telling.ts";
import { today, useList } from "../../ui/context.ts";
import { t } from "../../words/t.ts";

export function toTell(notices: readonly Item<"notice">[], notes: readonly Item<"note">[]): Item<"notice">[] {
  return stillToTell(noticesNow(notices, today()), notes, [t("caseload.note.noAnswer"), t("caseload.note.leftMessage")]);
}

export function useToTell(): Item<"notice">[] {
  return toTell(useList("notice"), useList("note"));
}
