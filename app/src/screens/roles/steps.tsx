/** How far an enquiry is: the steps behind, where it stands, what happens next. */

import type { Item } from "../../data/live.ts";
import { at } from "../../router.ts";
import { ButtonLink, Notice } from "../../ui/parts.tsx";
import { dateWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";

const WAY = ["enquiry", "interview", "matched", "referred", "placed"] as const;
/** The last step: nothing follows it, so that stopping is the centre's to write down. */
const SETTLED = "at_12_weeks";
const BEGUN: readonly string[] = ["placed", "at_4_weeks", "at_12_weeks"];

interface StepsProps {
  readonly enquiry: Item<"enquiry">;
  readonly roleId: string;
}

export function Steps({ enquiry, roleId }: StepsProps) {
  const { status, placed_on } = enquiry.doc;
  const here = BEGUN.includes(status) ? WAY.length - 1 : WAY.findIndex((step) => step === status);
  const isLeaving = enquiry.commands.some(({ name }) => name === "take_step");
  return (
    <Notice>
      <h2 class="nhsuk-heading-s">{t(`roles.step.${status}`)}</h2>
      <p>{t(`roles.after.${status}`)}</p>
      {placed_on && <p>{t("roles.since", { date: dateWords(placed_on) })}</p>}
      <ol class="kith-story">
        {WAY.map((step, n) => (
          <li key={step} aria-current={n === here ? "step" : undefined} class={n > here ? "kith-story__waits" : undefined}>
            {t(`roles.way.${step}`)}
            {n < here && <span class="kith-quiet"> {t("roles.behind")}</span>}
            {n === here && <span class="kith-quiet"> {t("roles.here")}</span>}
          </li>
        ))}
      </ol>
      {isLeaving && <p role="status">{t("roles.leaving")}</p>}
      {!isLeaving && status === SETTLED && <p>{t("roles.leave.settled")}</p>}
      {!isLeaving && status !== SETTLED && (
        <ButtonLink look="secondary" href={at("roles", roleId, "leave")}>{t(BEGUN.includes(status) ? "roles.leave.role" : "roles.leave.enquiry")}</ButtonLink>
      )}
    </Notice>
  );
}
