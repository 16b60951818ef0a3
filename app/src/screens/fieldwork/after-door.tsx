/** The survey is saved: on to the next door, or help for whoever wants it. */

import { startReferral } from "../../data/referral-start.ts";
import { nextDoor } from "../../logic/doorstep.ts";
import { go } from "../../router.ts";
import { useList, useOnce, useReach } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button, ButtonLink } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";
import { toDoor, toRound, toRounds } from "./places.ts";
import { useDoor } from "./use-door.ts";

export function AfterDoor({ id }: { readonly id: string }) {
  const reach = useReach();
  const once = useOnce();
  const seen = useDoor(id);
  const visits = useList("visit");
  if (seen === undefined) return null;
  if (seen === null) return <Gone kind="household" back={toRounds()} />;
  const { door, doors, round } = seen;
  const wanted = Math.max(0, ...visits.filter((visit) => visit.doc.household_id === id).map((visit) => visit.doc.onward));
  const next = nextDoor(doors, door.number);
  const refer = async (): Promise<void> => {
    // Only how they came to us goes along: a door and a day beside a name would give every answer that name.
    go(await startReferral(reach.kith, { source: "visit" }));
  };
  return (
    <Page title={t("fieldwork.after.title", { number: door.number })} caption={round.doc.name} back={toDoor(id)}>
      <p>{t("fieldwork.after.text")}</p>
      <div class="kith-big">
        {next && <ButtonLink href={toDoor(next.id)}>{t("fieldwork.after.next", { number: next.number })}</ButtonLink>}
        <ButtonLink look="secondary" href={toRound(round.id)}>{t("fieldwork.after.list")}</ButtonLink>
      </div>
      {wanted > 0 && (
        <>
          <h2 class="nhsuk-heading-m">{t("fieldwork.after.help", { count: wanted })}</h2>
          <p>{t("fieldwork.after.helpText")}</p>
          <div class="kith-big"><Button look="secondary" onClick={() => once(refer)}>{t("fieldwork.after.refer")}</Button></div>
        </>
      )}
    </Page>
  );
}
