/** How many at a door want help, and the way to refer one of them, until the worker puts it away. */

import { putHelpAway, useHelpWanted } from "../../data/help-wanted.ts";
import { startReferral } from "../../data/referral-start.ts";
import { go } from "../../router.ts";
import { useOnce, useReach } from "../../ui/context.ts";
import { Button, LinkButton } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";

export function HelpWanted({ doorId }: { readonly doorId: string }) {
  const reach = useReach();
  const once = useOnce();
  const help = useHelpWanted().get(doorId);
  if (help === undefined || help.state === "done") return null;
  const refer = async (): Promise<void> => {
    // Only how they came to us goes along: a door and a day beside a name would give every answer that name.
    go(await startReferral(reach.kith, { source: "visit" }));
  };
  const putAway = async (): Promise<void> => {
    await putHelpAway(reach, doorId);
    reach.say(t("fieldwork.after.awaySaid"));
  };
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("fieldwork.after.help", { count: help.people })}</h2>
      <p>{t("fieldwork.after.helpText")}</p>
      <div class="kith-big"><Button look="secondary" onClick={() => once(refer)}>{t("fieldwork.after.refer")}</Button></div>
      <p><LinkButton onClick={() => once(putAway)}>{t("fieldwork.after.away")}</LinkButton></p>
    </>
  );
}
