/** The survey is saved: on to the next door, or help for whoever wants it. */

import { nextDoor } from "../../logic/doorstep.ts";
import { Page } from "../../ui/page.tsx";
import { ButtonLink } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";
import { HelpWanted } from "./help.tsx";
import { toDoor, toRound, toRounds } from "./places.ts";
import { useDoor } from "./use-door.ts";

export function AfterDoor({ id }: { readonly id: string }) {
  const seen = useDoor(id);
  if (seen === undefined) return null;
  if (seen === null) return <Gone kind="household" back={toRounds()} />;
  const { door, doors, round } = seen;
  const next = nextDoor(doors, door.number);
  return (
    <Page title={t("fieldwork.after.title", { number: door.number })} caption={round.doc.name} back={toDoor(id)}>
      <p>{t("fieldwork.after.text")}</p>
      <div class="kith-big">
        {next && <ButtonLink href={toDoor(next.id)}>{t("fieldwork.after.next", { number: next.number })}</ButtonLink>}
        <ButtonLink look="secondary" href={toRound(round.id)}>{t("fieldwork.after.list")}</ButtonLink>
      </div>
      <HelpWanted doorId={id} />
    </Page>
  );
}
