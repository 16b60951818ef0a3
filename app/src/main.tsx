/** Where the parts join: open the phone's database, draw the app, then let sync and the service worker begin. */

import "./style.scss";
import { render } from "preact";
import { App } from "./app.tsx";
import { type Kith, openKith } from "./data/kith.ts";
import { refreshPack } from "./rank/pack.ts";
import { Engine } from "./sync/engine.ts";
import { registerWorker } from "./sync/worker.ts";

function engineFor(kith: Kith): Engine {
  return new Engine(kith, (report) => {
    // A ranker that does not come now comes with a later sync; meanwhile the kept one ranks.
    if (report.outcome === "done") void refreshPack(kith).catch(() => undefined);
  });
}

async function start(root: HTMLElement): Promise<void> {
  const kith = await openKith();
  const engine = engineFor(kith);
  render(<App kith={kith} engine={engine} />, root);
  engine.start();
  await registerWorker();
}

const root = document.getElementById("app");
if (root) {
  start(root).catch(() => {
    root.textContent = "Kith cannot open its records on this phone. Close other windows of Kith, or free some room, then open it again.";
  });
}
