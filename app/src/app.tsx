/** The frame: header, the screen that the address names, tabs, and the line that offers to undo. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Kith } from "./data/kith.ts";
import { usePlace } from "./router.ts";
import { Screen } from "./routes.tsx";
import { SignIn } from "./screens/sign-in.tsx";
import type { Engine } from "./sync/engine.ts";
import { type Said, Tabs, Toast, Top, Update } from "./ui/bars.tsx";
import { Boundary, failureWords } from "./ui/boundary.tsx";
import { type Reach, ReachContext, useStatus } from "./ui/context.ts";

export function App({ kith, engine }: { readonly kith: Kith; readonly engine: Engine }) {
  const [said, setSaid] = useState<Said | null>(null);
  const reach = useMemo<Reach>(
    () => ({
      kith,
      engine,
      say: (text, undo = [], undone) =>
        setSaid((before) => ({ text, mids: typeof undo === "string" ? [undo] : undo, undone, n: (before?.n ?? 0) + 1 })),
      midsOf: async (id) => (await kith.client.outbox()).filter((entry) => entry.id === id && entry.lseq === null).map((entry) => entry.mid).reverse(),
    }),
    [kith, engine],
  );
  useEffect(() => {
    const failed = (event: PromiseRejectionEvent): void => reach.say(failureWords(event.reason));
    addEventListener("unhandledrejection", failed);
    return () => removeEventListener("unhandledrejection", failed);
  }, [reach]);
  return (
    <ReachContext.Provider value={reach}>
      <Frame said={said} done={() => setSaid(null)} />
    </ReachContext.Provider>
  );
}

function Frame({ said, done }: { readonly said: Said | null; readonly done: () => void }) {
  const main = useRef<HTMLElement>(null);
  const place = usePlace();
  const status = useStatus();
  const wasWiped = useRef<boolean | null>(null);
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
  const inside = account !== null && status?.state !== "wiped" && place.parts[0] !== "sign-in";
  return (
    <div class="kith-frame">
      <a class="nhsuk-skip-link" href="#maincontent" onClick={skip}>
        Skip to main content
      </a>
      <Top signedIn={account !== null} />
      <Update />
      <main class="kith-main" id="maincontent" ref={main} tabIndex={-1}>
        {status === undefined ? null : inside ? <Boundary path={place.path}><Screen place={place} account={account} /></Boundary> : <SignIn />}
      </main>
      <Toast said={said} done={done} />
      {inside && <Tabs account={account} place={place} />}
    </div>
  );
}
