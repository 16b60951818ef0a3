/** One door in a list: its number, and how it stands in words with a mark beside. */

import type { Door } from "../../logic/doorstep.ts";
import { today } from "../../ui/context.ts";
import { dayWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";
import { toDoor } from "./places.ts";

export function DoorRow({ door, isBegun }: { readonly door: Door; readonly isBegun: boolean }) {
  const last = door.visits.at(-1);
  const state = isBegun && door.state !== "done" ? "started" : door.state;
  return (
    <li class="kith-list__item">
      <a class="kith-row kith-row--door" href={toDoor(door.id)}>
        <span class="kith-row__name">{t("fieldwork.door", { number: door.number })}</span>
        <span class="kith-row__text">
          <span class={`kith-mark kith-mark--${state}`} aria-hidden="true" /> {t(`fieldwork.state.${state}`)}
          {last && `, ${dayWords(last.doc.visited_on, today())}`}
        </span>
      </a>
    </li>
  );
}
