/** They would rather stop: what they said so far stays with a refusal, or goes. */

import type { VisitDoc } from "@generated/contract.ts";
import { visited } from "../../data/fieldwork.ts";
import { cleaned } from "../../logic/survey.ts";
import { go } from "../../router.ts";
import { useOnce, useReach } from "../../ui/context.ts";
import { Button, ButtonLink } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";
import { toDoor, toSurvey } from "./places.ts";
import type { PageProps } from "./survey.tsx";

export function Stop({ seen, heard, forget, questions }: PageProps) {
  const reach = useReach();
  const once = useOnce();
  const { door, round } = seen;
  const stop = (keep: boolean) => async (): Promise<void> => {
    forget();
    const answers = cleaned(questions, heard.answers) as VisitDoc["answers"];
    const kept = keep && Object.keys(answers).length > 0 ? { answers, survey_id: heard.survey_id } : {};
    const id = await visited(reach, round, door.id, { outcome: "refused", ...kept });
    go(toDoor(door.id));
    reach.say(t("fieldwork.at.saved", { number: door.number, state: t("fieldwork.state.refused") }), await reach.midsOf(id));
  };
  return (
    <>
      <p>{t("fieldwork.survey.stopText")}</p>
      <div class="kith-big">
        <ButtonLink href={toSurvey(door.id, heard.page)}>{t("fieldwork.survey.goOn")}</ButtonLink>
        <Button look="secondary" onClick={() => once(stop(true))}>{t("fieldwork.survey.stopKeep")}</Button>
        <Button look="secondary" onClick={() => once(stop(false))}>{t("fieldwork.survey.stopDrop")}</Button>
      </div>
    </>
  );
}
