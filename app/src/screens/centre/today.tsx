/** Home of a volunteer centre: what waits for somebody, each line where it is dealt with. */

import { useMemo } from "preact/hooks";
import { centreTasks } from "../../data/centre.ts";
import { isEnded } from "../../logic/newcomers.ts";
import { assuranceOf, checksDue } from "../../logic/upkeep.ts";
import { at } from "../../router.ts";
import { today, useIsLoaded, useList } from "../../ui/context.ts";
import { ButtonLink } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";

export function CentreToday() {
  const { open, late, taken, thank } = useTaskNumbers();
  const newcomers = useList("enquiry").filter(({ doc }) => !isEnded(doc.status) && doc.status !== "at_12_weeks").length;
  const days = useList("team_event").filter(({ doc }) => doc.status === "asked" && doc.asked_by === "employer").length;
  const requests = useList("role_request").filter(({ doc }) => doc.status === "asked").length + days;
  const [checks, directory] = [useChecks(), useDirectory()];
  const isLoaded = useIsLoaded();
  const lines = [
    late > 0 && { href: at("centre"), text: t("centre.today.late", { count: late }) },
    open > 0 && { href: at("centre"), text: t("centre.today.open", { count: open }) },
    thank > 0 && { href: at("centre"), text: t("centre.today.thank", { count: thank }) },
    taken > 0 && { href: at("centre"), text: t("centre.today.taken", { count: taken }) },
    checks > 0 && { href: at("volunteers", "due"), text: t("centre.today.checks", { count: checks }) },
    newcomers > 0 && { href: at("newcomers"), text: t("centre.today.newcomers", { count: newcomers }) },
    requests > 0 && { href: at("requests"), text: t("centre.today.requests", { count: requests }) },
    directory > 0 && { href: at("upkeep"), text: t("centre.today.directory", { count: directory }) },
  ].filter((line) => line !== false);
  return (
    <>
      <ButtonLink href={at("rings")}>{t("centre.rings.title")}</ButtonLink>
      <h2 class="nhsuk-heading-m">{t("centre.today.title")}</h2>
      {lines.length === 0 ? <p>{t(isLoaded ? "centre.today.fine" : "caseload.dueToCome")}</p> : (
        <ul class="kith-list">
          {lines.map(({ href, text }) => (
            <li class="kith-list__item" key={text}>
              <a class="kith-row" href={href}><span class="kith-row__name">{text}</span></a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function useTaskNumbers(): { open: number; late: number; taken: number; thank: number } {
  const [tasks, claims, asks] = [useList("task"), useList("claim"), useList("ask")];
  return useMemo(() => {
    const numbers = { open: 0, late: 0, taken: 0, thank: 0 };
    for (const { standing } of centreTasks(tasks, claims, asks, new Date())) {
      if (standing === "waiting" || standing === "unanswered") numbers.open += 1;
      if (standing === "late") numbers.late += 1;
      if (standing === "claimed" || standing === "coming") numbers.taken += 1;
      if (standing === "done") numbers.thank += 1;
    }
    return numbers;
  }, [tasks, claims, asks]);
}

function useChecks(): number {
  const [volunteers, checks, consents] = [useList("volunteer"), useList("check"), useList("guardian_consent")];
  return useMemo(() => checksDue({ volunteers, checks, consents }, today()).length, [volunteers, checks, consents]);
}

/** As many as the directory's own list of what is to be checked has. */
function useDirectory(): number {
  const assets = useList("asset");
  return useMemo(() => assets.filter(({ doc }) => assuranceOf(doc, today()) !== "fine").length, [assets]);
}
