/** Home of a volunteer, in two parts: what they were asked and their tasks, which have a time; and what is open near them. */

import { at } from "../../router.ts";
import { today, useIsLoaded, useOne } from "../../ui/context.ts";
import { Notice } from "../../ui/parts.tsx";
import { dateWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";
import { useTasks } from "./held.ts";
import { Section } from "./section.tsx";

const SHOWN = 5;
const ASKED = 3;

export function VolunteerToday({ volunteerId }: { readonly volunteerId: string }) {
  const paused = useOne("volunteer", volunteerId)?.doc.paused_until_on;
  const { asked, mine, calledOff } = useTasks(volunteerId);
  return (
    <>
      {paused && paused >= today() && (
        <Notice>
          <p>
            {t("me.pause.now", { date: dateWords(paused) })} <a href={at("me", "pause")}>{t("me.pause.change")}</a>
          </p>
        </Notice>
      )}
      <Section title={t("tasks.asked")} lines={asked.slice(0, ASKED)} />
      {asked.length > ASKED && (
        <p>
          <a class="kith-more" href={at("tasks")}>{t("tasks.allAsked", { count: asked.length })}</a>
        </p>
      )}
      <Section title={t("tasks.calledOff")} lines={calledOff} />
      <Section title={t("tasks.mine")} lines={mine} />
    </>
  );
}

export function OpenToday({ volunteerId }: { readonly volunteerId: string }) {
  const { open } = useTasks(volunteerId);
  const isLoaded = useIsLoaded();
  return (
    <>
      <Section title={t("tasks.title")} lines={open.slice(0, SHOWN)} />
      {open.length === 0 && isLoaded && <p>{t("tasks.none")}</p>}
      {open.length > 0 && (
        <p>
          <a class="kith-more" href={at("tasks")}>{t("tasks.near", { count: open.length })}</a>
        </p>
      )}
      <p>
        <a class="kith-more" href={at("roles")}>{t("roles.title")}</a>
      </p>
    </>
  );
}
