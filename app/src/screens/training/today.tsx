/** On the home page: what of a volunteer's trainings runs out soon or has run out; nothing when nothing does. */

import { trainingLines } from "../../logic/trainings.ts";
import { at } from "../../router.ts";
import { today, useList } from "../../ui/context.ts";
import { Notice } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";
import { stateWords } from "./words.ts";

export function TrainingToday({ volunteerId }: { readonly volunteerId: string }) {
  const volunteer = useList("volunteer").find(({ id }) => id === volunteerId);
  const [trainings, completions] = [useList("training"), useList("completion")];
  const due = volunteer ? trainingLines(volunteer, trainings, completions, [], today()).filter(({ state }) => state === "soon" || state === "over") : [];
  if (due.length === 0) return null;
  return (
    <Notice>
      {due.map((line) => (
        <p key={line.training.id}>
          <a href={at("training", "one", line.training.id)}>{line.training.doc.name}</a>: {stateWords(line, today())}
        </p>
      ))}
      <p class="kith-quiet">{t("training.renew")}</p>
    </Notice>
  );
}
