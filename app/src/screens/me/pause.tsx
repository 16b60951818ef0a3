/** Take a break until a day, or end it: one tap, and one to take it back. */

import type { Item } from "../../data/live.ts";
import { patch } from "../../data/write.ts";
import { at, go } from "../../router.ts";
import { today, useOnce, useReach } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button, Notice } from "../../ui/parts.tsx";
import { addDays, dateWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";
import { UntilDay } from "./until-day.tsx";

const WEEKS = [1, 2, 4, 13];

export function Pause({ volunteer }: { readonly volunteer: Item<"volunteer"> }) {
  const reach = useReach();
  const once = useOnce(volunteer.doc.paused_until_on);
  const until = volunteer.doc.paused_until_on;
  const paused = until !== null && until >= today();
  const pause = async (day: string | null): Promise<void> => {
    const mids = await patch(reach, "volunteer", volunteer.id, { paused_until_on: day });
    reach.say(day === null ? t("me.pause.ended") : t("me.pause.said", { date: dateWords(day) }), mids);
    go(at("me"));
  };
  return (
    <Page title={t("me.pause.title")} back={at("me")} backText={t("me.title")}>
      {paused && (
        <Notice>
          <p>{t("me.pause.now", { date: dateWords(until) })}</p>
          <Button onClick={() => once(() => pause(null))}>{t("me.pause.end")}</Button>
        </Notice>
      )}
      <p>{t("me.pause.hint")}</p>
      <div class="kith-choices">
        {WEEKS.map((weeks) => (
          <Button key={weeks} look="secondary" onClick={() => once(() => pause(addDays(today(), weeks * 7)))}>
            {t("me.pause.weeks", { count: weeks })}
          </Button>
        ))}
      </div>
      <UntilDay onDay={(day) => once(() => pause(day))} />
    </Page>
  );
}
