/** The caseload of this phone, worked out once for as long as nothing in it changes. */

import { caseload, type CaseloadLine, indexPeople, type Sought } from "../../data/caseload.ts";
import type { Item } from "../../data/live.ts";
import type { Due } from "../../logic/due.ts";
import { today, useList, useLoaded } from "../../ui/context.ts";
import { dayWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";
import { toTell } from "../events/to-tell.ts";

export type SoughtLine = CaseloadLine & Sought;

type Lists = readonly [people: readonly Item<"person">[], referrals: readonly Item<"referral">[], notes: readonly Item<"note">[], notices: readonly Item<"notice">[]];

/** The lists from which the lines were last worked out: going from screen to screen works nothing out again. */
let last: { readonly lists: Lists; readonly lines: readonly SoughtLine[] } | undefined;

/** Every line with the words of its name; undefined before the first reading. */
export function useCaseload(): readonly SoughtLine[] | undefined {
  const people = useLoaded("person");
  const [referrals, notes, notices] = [useList("referral"), useList("note"), useList("notice")];
  return people && linesOf([people, referrals, notes, notices]);
}

function linesOf(lists: Lists): readonly SoughtLine[] {
  if (last?.lists.every((list, n) => list === lists[n])) return last.lines;
  const words = new Map(indexPeople(lists[0]).map((one) => [one.person.id, one]));
  const [people, referrals, notes, notices] = lists;
  const lines = caseload(people, referrals, notes, toTell(notices, notes)).flatMap((line) => {
    const named = words.get(line.person.id);
    return named ? [{ ...line, ...named }] : [];
  });
  last = { lists, lines };
  return lines;
}

/** "Make first contact: due tomorrow", "…: late, was due on Friday". */
export function dueText(due: Due): string {
  const day = today();
  return t(due.by < day ? "caseload.late" : "caseload.dueBy", { what: t(`caseload.due.${due.what}`), day: dayWords(due.by, day) });
}
