/** Sessions that are off: what the people of this caseload have to be told. */

import type { Item } from "../../data/live.ts";
import { useItemName } from "../../data/items.ts";
import { at } from "../../router.ts";
import { today } from "../../ui/context.ts";
import { Notice } from "../../ui/parts.tsx";
import { dayWords, timeWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";
import { useToTell } from "../events/to-tell.ts";

/** What is off for one person and has not passed. */
export function PersonNotices({ personId }: { readonly personId: string }) {
  const itemName = useItemName();
  const off = useToTell().filter(({ doc }) => doc.person_id === personId && doc.status === "active");
  return (
    <>
      {off.map((one) => (
        <Notice attention key={one.id}>
          <p>
            <strong>{offText(one, itemName(one.doc.item_kind, one.doc.item_id))}</strong>{" "}
            {one.doc.reason && label("cancel_reason", one.doc.reason)}
          </p>
          {one.doc.note && <p class="kith-written">{one.doc.note}</p>}
          <p>
            <a class="kith-more" href={at("people", personId, "note")}>{t("caseload.off.tell")}</a>
          </p>
        </Notice>
      ))}
    </>
  );
}

/** "Walking group on Tuesday at 2pm is off." */
export function offText({ doc }: Pick<Item<"notice">, "doc">, name: string): string {
  const time = doc.from_time ? timeWords(doc.from_time) : "";
  const day = doc.on ? dayWords(doc.on, today()) : "";
  return t(`caseload.off.${doc.type}`, { name, when: [day, time].filter(Boolean).join(", ") });
}
