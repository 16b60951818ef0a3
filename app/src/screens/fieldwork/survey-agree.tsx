/** Before the first question: what is said at the door, and whether they agree. */

import { visited } from "../../data/fieldwork.ts";
import { nextDoor } from "../../logic/doorstep.ts";
import { at, go } from "../../router.ts";
import { useOnce, useReach } from "../../ui/context.ts";
import { Button, ButtonLink } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";
import { toDoor, toRound } from "./places.ts";
import type { PageProps } from "./survey.tsx";

export function Agree({ seen, forget, onYes }: PageProps & { readonly onYes: () => void }) {
  const reach = useReach();
  const once = useOnce();
  const { door, doors, round } = seen;
  const refuse = async (): Promise<void> => {
    forget();
    const id = await visited(reach, round, door.id, { outcome: "refused" });
    const next = nextDoor(doors, door.number);
    go(next && next.id !== door.id ? toDoor(next.id) : toRound(round.id));
    reach.say(t("fieldwork.at.saved", { number: door.number, state: t("fieldwork.state.refused") }), await reach.midsOf(id));
  };
  return (
    <>
      <p>{t("fieldwork.survey.agree.say")}</p>
      <ul class="nhsuk-list nhsuk-list--bullet">
        <li>{t("fieldwork.survey.agree.who")}</li>
        <li>{t("fieldwork.survey.agree.kept")}</li>
        <li>{t("fieldwork.survey.agree.stop")}</li>
      </ul>
      <div class="kith-big">
        <Button onClick={onYes}>{t("fieldwork.survey.agree.yes")}</Button>
        <Button look="secondary" onClick={() => once(refuse)}>{t("fieldwork.survey.agree.no")}</Button>
        <ButtonLink look="secondary" href={at("doorstep", "doors", door.id, "back")}>{t("fieldwork.at.comeBack")}</ButtonLink>
      </div>
    </>
  );
}
