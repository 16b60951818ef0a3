/** What is shown of a phone that has not reached the server for too long: a warning first, then nothing but the way back. */

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Status } from "@contract/sync/index.ts";
import { useReach } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button, Notice } from "../../ui/parts.tsx";
import { LIMIT_DAYS, type Standing } from "../../vault/overdue.ts";
import { dateWords, dayOf } from "../../words/dates.ts";
import { t } from "../../words/t.ts";

const LOOK_EVERY_MS = 60_000;

/** Draws the app while the phone may show it. */
export function InTime({ status, children }: { readonly status: Status; readonly children: ComponentChildren }) {
  const standing = useStanding(status.synced_at);
  if (standing.is === "overdue" || standing.is === "over") return <Overdue status={status} standing={standing} />;
  return (
    <>
      {standing.is === "soon" && status.synced_at !== null && (
        <Notice attention>
          <p>{t("safety.overdue.soon", { since: onWords(Date.parse(status.synced_at ?? "")), on: onWords(standing.hides_at) })}</p>
        </Notice>
      )}
      {children}
    </>
  );
}

function Overdue({ status, standing }: { readonly status: Status; readonly standing: Standing }) {
  const { engine } = useReach();
  const [state, setState] = useState<"quiet" | "trying" | "failed">("quiet");
  const reach = async (): Promise<void> => {
    setState("trying");
    const { outcome } = await engine.now();
    setState(outcome === "done" ? "quiet" : "failed");
  };
  const waiting = status.waiting + status.deferred;
  return (
    <Page title={t("safety.overdue.title")}>
      <p>{t("safety.overdue.text", { days: LIMIT_DAYS })}</p>
      <Notice attention>
        {standing.is === "overdue" && <p>{t("safety.overdue.until", { count: standing.days_left })}</p>}
        {waiting > 0 && <p>{t("safety.overdue.last", { count: waiting })}</p>}
      </Notice>
      <p>{t("safety.overdue.today", { today: onWords(Date.now()) })}</p>
      <p role="status">{state === "failed" ? t("safety.overdue.failed") : ""}</p>
      <Button onClick={() => void reach()}>{t(state === "trying" ? "safety.overdue.trying" : "safety.overdue.try")}</Button>
    </Page>
  );
}

/** How the phone stands now; once it is over, everything goes. */
function useStanding(synced_at: string | null): Standing {
  const { kith } = useReach();
  const [standing, setStanding] = useState<Standing>({ is: "fine" });
  useEffect(() => {
    const look = async (): Promise<void> => {
      const now = await kith.vault.standing();
      if (now.is !== "over") return setStanding(now);
      await kith.vault.erase({ why: "offline" });
      location.reload();
    };
    void look();
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [synced_at]);
  return standing;
}

function onWords(moment: number): string {
  return dateWords(dayOf(new Date(moment)));
}
