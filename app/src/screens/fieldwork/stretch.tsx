/** The doors of one stretch, in walking order, each with how it stands. */

import { useRound, useSurveyDrafts } from "../../data/fieldwork.ts";
import { Page } from "../../ui/page.tsx";
import { ButtonLink } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";
import { DoorRow } from "./door-row.tsx";
import { toRound, toRounds, toStretch } from "./places.ts";
import { stretchWords } from "./round.tsx";

export function StretchPage({ id, from }: { readonly id: string; readonly from: number }) {
  const seen = useRound(id);
  const drafts = useSurveyDrafts();
  if (seen === undefined) return null;
  const place = seen?.stretches.findIndex(({ first, last }) => first <= from && from <= last) ?? -1;
  const stretch = seen?.stretches[place];
  if (!seen || !stretch) return <Gone kind="round" back={toRounds()} />;
  const [before, after] = [seen.stretches[place - 1], seen.stretches[place + 1]];
  return (
    <Page title={stretchWords(stretch)} caption={seen.round.doc.name} back={toRound(id)} backText={t("fieldwork.backToRound")}>
      <ul class="kith-list">
        {stretch.doors.map((door) => (
          <DoorRow key={door.id} door={door} isBegun={drafts.has(door.id)} />
        ))}
      </ul>
      <nav class="kith-buttons" aria-label={t("fieldwork.otherStretches")}>
        {after && <ButtonLink look="secondary" href={toStretch(id, after.first)}>{stretchWords(after)}</ButtonLink>}
        {before && <ButtonLink look="secondary" href={toStretch(id, before.first)}>{stretchWords(before)}</ButtonLink>}
      </nav>
    </Page>
  );
}
