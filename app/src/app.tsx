/** The frame: header, the screen that the address names, tabs, and the line that offers to undo. */

import type { OutboxEntry } from "@contract/sync/index.ts";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { discardFile } from "./data/file-queue.ts";
import { saveDraft } from "./data/kith.ts";
import { onLook } from "./logic/look.ts";
import { usePlace } from "./router.ts";
import { Screen } from "./routes.tsx";
import { SignIn } from "./screens/account/sign-in.tsx";
import { areaAt } from "./screens/areas.ts";
import { ChoosePin } from "./screens/safety/choose-pin.tsx";
import { InTime } from "./screens/safety/overdue.tsx";
import { noRoom } from "./sync/room.ts";
import { NoRoom, Restored, type Said, Tabs, Toast, Top, Update } from "./ui/bars.tsx";
import { Boundary, failureWords } from "./ui/boundary.tsx";
import { type Reach, ReachContext, useReach, useStatus } from "./ui/context.ts";
import { keepInSight } from "./ui/kept-focus.ts";
import { PlaceTitle } from "./ui/page.tsx";
import { Unsaved } from "./vault/unsaved.ts";
import { locale, t } from "./words/t.ts";

export function App({ kith, engine, lock, lockAfter }: Pick<Reach, "kith" | "engine" | "lock" | "lockAfter">) {
  const [said, setSaid] = useState<Said | null>(null);
  const unsaved = useRef<Unsaved | null>(null);
  const reach = useMemo<Reach>(
    () => ({
      kith,
      engine,
      lock,
      lockAfter,
      say: (text, changes = [], draft, undone) => {
        const mids = typeof changes === "string" ? [changes] : changes;
        if (mids.length > 0) kith.saves.add({ mids, draft: draft ?? null, page: unsaved.current?.saved() ?? null });
        setSaid((before) => ({ text, mids, undone, n: (before?.n ?? 0) + 1 }));
      },
      undo: async (mids) => {
        const taken: OutboxEntry[] = [];
        for (const mid of mids) taken.push(...(await kith.client.undo(mid)));
        if (taken.length === 0) return taken;
        for (const { op, kind, id } of taken) if (op === "create" && kind === "attachment") await discardFile(kith, id);
        for (const { draft, page } of await kith.saves.take(mids)) {
          // What was begun anew meanwhile stays.
          if (draft && !(await kith.drafts.get(draft.id))) await saveDraft(kith, draft);
          if (page) unsaved.current?.giveBack(page);
        }
        return taken;
      },
      midsOf: async (id) => (await kith.client.outbox()).filter((entry) => entry.id === id && entry.lseq === null).map((entry) => entry.mid).reverse(),
    }),
    [kith, engine, lock, lockAfter],
  );
  useEffect(() => {
    // Of a phone without room a bar of its own tells, which stays until there is some.
    const failed = (event: PromiseRejectionEvent): void => void (noRoom.value || reach.say(failureWords(event.reason)));
    addEventListener("unhandledrejection", failed);
    return () => removeEventListener("unhandledrejection", failed);
  }, [reach]);
  useEffect(() => {
    unsaved.current = new Unsaved(kith.kept, () => kith.store.isKept, () => reach.say(t("ui.broughtBack")));
    return unsaved.current.start();
  }, [reach]);
  const spoken = useLanguage();
  return (
    <ReachContext.Provider value={reach}>
      <Frame key={spoken} said={said} done={() => setSaid(null)} />
    </ReachContext.Provider>
  );
}

/** Another language draws every word anew. */
function useLanguage(): string {
  const [spoken, setSpoken] = useState(locale);
  useEffect(() => onLook(() => setSpoken(locale())), []);
  return spoken;
}

function Frame({ said, done }: { readonly said: Said | null; readonly done: () => void }) {
  const { kith } = useReach();
  const main = useRef<HTMLElement>(null);
  const place = usePlace();
  const status = useStatus();
  const wasWiped = useRef<boolean | null>(null);
  useEffect(() => (main.current ? keepInSight(main.current) : undefined), []);
  useEffect(() => {
    if (!status) return;
    // A wipe leaves nothing behind, also not in what this page still remembers.
    if (wasWiped.current === false && status.state === "wiped") location.reload();
    wasWiped.current = status.state === "wiped";
  }, [status?.state]);
  const skip = (event: Event): void => {
    event.preventDefault();
    main.current?.focus();
  };
  const account = status?.account ?? null;
  const known = account !== null && status?.state !== "wiped";
  const inside = known && kith.store.isKept && place.parts[0] !== "sign-in";
  const area = inside ? areaAt(place, account) : undefined;
  return (
    <PlaceTitle.Provider value={area ? t(area.title) : ""}>
      <div class="kith-frame">
        <a class="nhsuk-skip-link" href="#maincontent" onClick={skip}>
          {t("ui.skip")}
        </a>
        <Top signedIn={inside} />
        <Update />
        <NoRoom />
        <Restored />
        <main class="kith-main" id="maincontent" ref={main} tabIndex={-1}>
          {status === undefined ? null : inside ? (
            <Boundary path={place.path}>
              <InTime status={status}>
                <Screen place={place} account={account} />
              </InTime>
            </Boundary>
          ) : known && !kith.store.isKept ? (
            <ChoosePin />
          ) : (
            <SignIn />
          )}
        </main>
        <Toast said={said} done={done} />
        {inside && <Tabs account={account} place={place} />}
      </div>
    </PlaceTitle.Provider>
  );
}
