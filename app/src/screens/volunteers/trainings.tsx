/** A volunteer's trainings as their centre sees them: what waits to be looked at, what counts and until when. */

import type { Item } from "../../data/live.ts";
import { standing } from "../../logic/trainings.ts";
import { at } from "../../router.ts";
import { today, useAccount, useList } from "../../ui/context.ts";
import { ButtonLink, Row } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";
import { stateWords } from "../training/words.ts";

export function Trainings({ id }: { readonly id: string }) {
  const { volunteer_id } = useAccount();
  const names = new Map(useList("training").map((training) => [training.id, training.doc.name]));
  const recorded = standing(useList("completion").filter(({ doc }) => doc.volunteer_id === id));
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("training.title")}</h2>
      {recorded.length === 0 && <p>{t("training.for.none")}</p>}
      {recorded.length > 0 && (
        <ul class="kith-list">
          {recorded.map((one) => (
            <Row key={one.id} href={`${at("training", "check", one.id)}?from=volunteer`} name={names.get(one.doc.training_id) ?? t("training.check.training")}>
              {recordedWords(one)}
            </Row>
          ))}
        </ul>
      )}
      {id !== volunteer_id && <ButtonLink look="secondary" href={at("volunteers", id, "training")}>{t("training.for.title")}</ButtonLink>}
    </>
  );
}

function recordedWords({ doc, pending }: Item<"completion">): string {
  if (pending) return t("upkeep.waiting");
  if (doc.status === "unverified") return t("training.check.title");
  const isOver = doc.expires_on !== null && doc.expires_on < today();
  return stateWords({ state: isOver ? "over" : "held", until: doc.expires_on, waits: false }, today());
}
