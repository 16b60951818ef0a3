/** What happened with a person, as a list: the latest first, older lines when they are asked for. */

import { useMemo, useState } from "preact/hooks";
import { useItemName } from "../../data/items.ts";
import { type Happening, timeline } from "../../data/timeline.ts";
import { SCALES } from "../../logic/measures.ts";
import { useList } from "../../ui/context.ts";
import { Button } from "../../ui/parts.tsx";
import { dateWords, sinceWords } from "../../words/dates.ts";
import { label, labelList } from "../../words/labels.ts";
import { PLACEMENT_STATUS } from "../../words/status.ts";
import { t } from "../../words/t.ts";

const AT_ONCE = 8;

type Told = readonly [title: string, written?: string];

export function Happenings({ personId }: { readonly personId: string }) {
  const [pages, setPages] = useState(1);
  const lists = [useList("note"), useList("referral"), useList("measure"), useList("consent"), useList("placement"), useList("handover")] as const;
  const [notes, referrals, measures, consents, placements, handovers] = lists;
  const all = useMemo(() => {
    const own = <T extends { readonly doc: { readonly person_id: string } }>(items: readonly T[]): T[] => items.filter(({ doc }) => doc.person_id === personId);
    const ids = new Set(own(referrals).map(({ id }) => id));
    return timeline({
      notes: own(notes), referrals: own(referrals), measures: own(measures), consents: own(consents), placements: own(placements),
      handovers: handovers.filter(({ doc }) => ids.has(doc.record_id)),
    });
  }, [personId, ...lists]);
  const itemName = useItemName();
  const teams = useList("team");
  const teamName = (id: string): string => teams.find((one) => one.id === id)?.doc.name ?? t("caseload.happened.anotherTeam");
  if (all.length === 0) return <p>{t("caseload.happened.nothing")}</p>;
  return (
    <>
      <ol class="kith-list">
        {all.slice(0, pages * AT_ONCE).map((one) => (
          <li class="kith-list__item" key={`${one.what} ${one.id}`}>
            <Line happening={one} told={wordsOf(one, itemName, teamName)} />
          </li>
        ))}
      </ol>
      {all.length > pages * AT_ONCE && <Button look="secondary" onClick={() => setPages(pages + 1)}>{t("caseload.happened.more")}</Button>}
    </>
  );
}

function Line({ happening, told: [title, written] }: { readonly happening: Happening; readonly told: Told }) {
  const when = happening.at.length > 10 ? sinceWords(happening.at, new Date()) : happening.at && dateWords(happening.at);
  return (
    <div class="kith-row kith-row--still">
      <span class="kith-row__text">
        {title}
        {when && `, ${when}`}
        {happening.pending && ` ${t("caseload.notSent")}`}
      </span>
      {written && <span class="kith-written">{written}</span>}
    </div>
  );
}

function wordsOf(one: Happening, itemName: (kind: string, id: string) => string, teamName: (id: string) => string): Told {
  switch (one.what) {
    case "note":
      return [one.doc.author_name ? t("caseload.happened.by", { what: t(`caseload.note.types.${one.doc.type}`), who: one.doc.author_name }) : t(`caseload.note.types.${one.doc.type}`), one.doc.text];
    case "referral":
      return [t("caseload.happened.referral"), labelList("need", one.needs)];
    case "measure": {
      const asked = SCALES.filter(({ question }) => one.doc[question] !== null);
      return [t("caseload.happened.measure"), asked.map(({ question, most }) => `${t(`caseload.measure.short.${question}`)}: ${t("caseload.wellbeing.of", { value: one.doc[question], most })}`).join("\n")];
    }
    case "consent":
      return [t("caseload.happened.consent")];
    case "chosen":
      return [t("caseload.happened.chosen"), itemName(one.doc.item_kind, one.doc.item_id)];
    case "outcome": {
      const reason = one.doc.reason ? `: ${label("reason", one.doc.reason)}` : "";
      return [PLACEMENT_STATUS[one.doc.status].text + reason, itemName(one.doc.item_kind, one.doc.item_id)];
    }
    case "handover":
      return [t("caseload.happened.handover", { team: teamName(one.teamId) }), one.reason ? label("handover_reason", one.reason) : ""];
  }
}
