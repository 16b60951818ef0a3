/** Ask the other side for a day: an employer asks the centre, or the centre an employer. */

import { useState } from "preact/hooks";
import { useTyped } from "../../data/typed.ts";
import { create } from "../../data/write.ts";
import { ARRANGED, farOff } from "../../logic/days.ts";
import { isWhole } from "../../logic/numbers.ts";
import { at, goInstead } from "../../router.ts";
import { today, useAccount, useLoaded, useOnce, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, Select, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Empty } from "../../ui/standing.tsx";
import { minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";
import { DayInput } from "../centre/when-fields.tsx";
import { listOfTeams, useSide } from "./teams.tsx";

const START = { employer: "", role: "", on: "", places: "", hours: "3" };
const FEWEST = 2;
const MOST = 500;
const LONGEST_HOURS = 24;

export function NewTeam() {
  const reach = useReach();
  const side = useSide();
  const employers = useEmployers();
  const roles = useLoaded("opportunity")?.filter(({ doc }) => doc.role_type === "employee" && doc.status === "active");
  const { typed, set, forget } = useTyped("team:new", START);
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  if (!typed || !employers || !roles) return null;
  const employer = employers.length === 1 ? employers[0] : employers.find(({ id }) => id === typed.employer);
  const role = roles.length === 1 ? roles[0] : roles.find(({ id }) => id === typed.role);
  const minutes = isWhole(typed.places, FEWEST, MOST) && isWhole(typed.hours, 1, LONGEST_HOURS) ? Number(typed.places) * Number(typed.hours) * 60 : 0;
  const save = async (): Promise<boolean> => {
    const wrong: Errors = {
      ...(employer ? {} : { employer: t("events.team.wrong.employer") }),
      ...(role ? {} : { role: t("events.team.wrong.role") }),
      ...(typed.on && typed.on >= today() ? farOff({ on: typed.on }, ARRANGED, today()) : { on: t("events.team.wrong.on") }),
      ...(isWhole(typed.places, FEWEST, MOST) ? {} : { places: t("events.team.wrong.places") }),
      ...(isWhole(typed.hours, 1, LONGEST_HOURS) ? {} : { hours: t("events.team.wrong.hours") }),
    };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0 || !employer || !role) return false;
    const made = await create(reach, "team_event", {
      employer_id: employer.id, centre_id: employer.doc.centre_id, opportunity_id: role.id, held_on: typed.on, places: Number(typed.places), minutes: Number(typed.hours) * 60,
    });
    const draft = await forget();
    reach.say(t("events.team.saved"), await reach.midsOf(made), draft);
    goInstead(at("events", "team", made));
    return true;
  };
  const choose = { value: "", label: t("centre.new.choose") };
  const named = (all: readonly { readonly id: string; readonly doc: { readonly name: string } }[]) => all.map(({ id, doc }) => ({ value: id, label: doc.name }));
  return (
    <Page title={t(`events.team.ask.${side}`)} {...listOfTeams(side)} failed={Object.keys(errors).length > 0}>
      {roles.length === 0 ? <Empty text={t("events.team.noRoles")} /> : (
        <>
          <ErrorSummary errors={errors} />
          <Form onSubmit={() => once(save)}>
            {employers.length !== 1 && <Select id="employer" label={t("events.team.employer")} options={[choose, ...named(employers)]} value={typed.employer} onChange={(value) => set({ employer: value })} error={errors["employer"]} />}
            <Select id="role" label={t("newcomers.field.role")} options={[choose, ...named(roles)]} value={role?.id ?? ""} onChange={(value) => set({ role: value })} error={errors["role"]} />
            <DayInput id="on" label={t("events.team.day")} value={typed.on} onChange={(on) => set({ on })} error={errors["on"]} />
            <TextField id="places" label={t("events.team.howManyGo")} inputMode="numeric" width={4} maxLength={3} value={typed.places} onChange={(places) => set({ places })} error={errors["places"]} />
            <TextField id="hours" label={t("events.team.hours")} inputMode="numeric" width={4} maxLength={2} value={typed.hours} onChange={(hours) => set({ hours })} error={errors["hours"]} />
            <p role="status">{minutes > 0 && employer && t("events.team.uses", { time: minutesWords(minutes), left: minutesWords(Math.max(0, employer.doc.allowance_min - employer.doc.used_min)) })}</p>
            <Button type="submit">{t("events.team.send")}</Button>
          </Form>
          <p class="kith-quiet">{t("centre.new.kept")}</p>
        </>
      )}
    </Page>
  );
}

/** The account's own, or those of its centre. */
function useEmployers() {
  const { employer_ids, centre_ids } = useAccount();
  return useLoaded("employer")?.filter(({ id, doc }) => doc.status === "active" && (employer_ids.includes(id) || centre_ids.includes(doc.centre_id)));
}
