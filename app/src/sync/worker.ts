/**
 * The service worker keeps the app on the phone. A newer one waits until the person says so, and then until nobody is in the
 * middle of writing: no work is cut off.
 */

import { Writing } from "../logic/writing.ts";
import { Told, useTold } from "./told.ts";

/** none: this is the newest app. ready: a newer one is there. wanted: it is used when what is being written is saved. */
export type NewerApp = "none" | "ready" | "wanted";

const newer = new Told<NewerApp>("none");
const writing = new Writing();
let waiting: ServiceWorker | null = null;

function found(worker: ServiceWorker | null): void {
  waiting = worker;
  newer.tell(worker ? "ready" : "none");
}

export async function registerWorker(): Promise<void> {
  if (!("serviceWorker" in navigator) || !import.meta.env.PROD) return;
  try {
    const registration = await navigator.serviceWorker.register("/sw.js", { scope: "/" });
    if (registration.waiting) found(registration.waiting);
    registration.addEventListener("updatefound", () => watch(registration.installing));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && navigator.onLine) void registration.update().catch(() => undefined);
    });
    followOthers();
    followWriting();
  } catch {
    // Without a worker the app still works while there is a signal.
  }
}

function watch(installing: ServiceWorker | null): void {
  installing?.addEventListener("statechange", () => {
    // The very first worker is no update: nothing older runs.
    if (installing.state === "installed" && navigator.serviceWorker.controller) found(installing);
  });
}

/** Another window went over to a newer app: this one's own files are gone, so it follows as soon as it may. Where the browser
 * deleted the worker there is none to follow, and without a signal nothing to load anew. */
function followOthers(): void {
  let isFirst = navigator.serviceWorker.controller === null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    const isGone = navigator.serviceWorker.controller === null;
    if (!isFirst && !isGone) goOver();
    isFirst = isGone;
  });
}

/** What a person types is theirs until they have saved it, which takes them to another page. */
function followWriting(): void {
  document.addEventListener("input", () => writing.typed(location.hash), { capture: true });
  addEventListener("hashchange", () => {
    writing.done();
    if (newer.value === "wanted") goOver();
  });
}

/** Use the newer app now, or when what is being written is saved. */
function goOver(): void {
  if (writing.isOn(location.hash)) return newer.tell("wanted");
  // Once the newer one has taken over, its own files are what a new page gets.
  if (!waiting || waiting.state === "activated") return location.reload();
  waiting.addEventListener("statechange", () => waiting?.state === "activated" && location.reload());
  waiting.postMessage({ type: "SKIP_WAITING" });
}

export function useNewerApp(): { readonly is: NewerApp; readonly use: () => void } {
  return { is: useTold(newer), use: goOver };
}
