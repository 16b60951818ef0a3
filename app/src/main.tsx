/** Where the parts join: pass the gate that keeps the app locked, then let the service worker begin. */

import "./style/index.scss";
import { openGate } from "./gate.tsx";
import { speakAsChosen } from "./logic/look.ts";
import { registerWorker } from "./sync/worker.ts";
import { trustOnlyOwn } from "./trusted.ts";
import { keepFocus } from "./ui/kept-focus.ts";
import { t } from "./words/t.ts";

async function start(root: HTMLElement): Promise<void> {
  trustOnlyOwn();
  keepFocus(document);
  await speakAsChosen();
  await openGate(root);
  await registerWorker();
}

const root = document.getElementById("app");
if (root) {
  start(root).catch(() => {
    root.textContent = t("ui.cannotOpen");
  });
}
