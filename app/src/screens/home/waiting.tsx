/** What waits for a broker, an employer or whoever runs a group, each line where it is dealt with. */

import type { Account } from "@contract/sync/index.ts";
import { useUnanswered } from "../../data/bank.ts";
import { isOpen } from "../../logic/timebank.ts";
import { at } from "../../router.ts";
import { useIsLoaded, useList } from "../../ui/context.ts";
import { Row } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";

interface Line {
  readonly href: string;
  readonly what: "requests" | "exchanges" | "leave" | "teams" | "places";
  readonly count: number;
}

export function Waiting({ account }: { readonly account: Account }) {
  const { roles } = account;
  const [bank, employer, group] = [useBank(), useEmployer(), useGroups(account.asset_ids)];
  const all = [...(roles.includes("broker") ? bank : []), ...(roles.includes("employer") ? employer : []), ...(roles.includes("asset_owner") ? group : [])];
  const lines = all.filter(({ count }) => count > 0);
  const isLoaded = useIsLoaded();
  if (all.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("home.waits.title")}</h2>
      {lines.length === 0 && <p>{t(isLoaded ? "home.waits.none" : "caseload.dueToCome")}</p>}
      <ul class="kith-list">
        {lines.map(({ href, what, count }) => <Row key={what} href={href} name={t(`home.waits.${what}`, { count })} />)}
      </ul>
    </>
  );
}

function useBank(): Line[] {
  const requests = useUnanswered().length;
  const exchanges = useList("exchange").filter(isOpen).length;
  return [{ href: at("timebank", "desk"), what: "requests", count: requests }, { href: at("timebank", "desk"), what: "exchanges", count: exchanges }];
}

function useEmployer(): Line[] {
  const leave = useList("leave_request").filter(({ doc, commands }) => doc.status === "asked" && commands.length === 0).length;
  const teams = useList("team_event").filter(({ doc, commands }) => doc.status === "asked" && doc.asked_by === "centre" && commands.length === 0).length;
  return [{ href: at("leave"), what: "leave", count: leave }, { href: at("events"), what: "teams", count: teams }];
}

/** Of places a group's keeper sees how many, never who. */
function useGroups(assetIds: readonly string[]): Line[] {
  const courses = useList("course").filter(({ doc }) => assetIds.includes(doc.asset_id)).map(({ id }) => id);
  const counts = useList("place_count").filter(({ id }) => courses.includes(id));
  return [{ href: at("events"), what: "places", count: counts.reduce((all, { doc }) => all + doc.waiting, 0) }];
}
