/** Tells whose access was changed which records have left this phone, so that what is missing is no riddle. */

import { forgetTaken, readTaken, TAKEN } from "../data/taken.ts";
import { useTopics } from "../data/live.ts";
import { takenWords } from "../words/sync.ts";
import { t } from "../words/t.ts";
import { useReach } from "./context.ts";
import { Button, Notice } from "./parts.tsx";

export function Taken() {
  const { kith } = useReach();
  useTopics(kith.live, [TAKEN]);
  const taken = kith.live.get(TAKEN, () => readTaken(kith)) ?? [];
  if (taken.length === 0) return null;
  return (
    <Notice attention>
      <h2 class="nhsuk-heading-s">{t("sync.taken.title")}</h2>
      <p>{takenWords(taken)}</p>
      <p class="kith-quiet">{t("sync.taken.ask")}</p>
      <Button look="secondary" onClick={() => void forgetTaken(kith)}>{t("sync.refused.seen")}</Button>
    </Notice>
  );
}
