/** The service worker keeps the app on the phone. A newer one waits until the person says so: no work is cut off. */

import { useEffect, useState } from "preact/hooks";

let waiting: ServiceWorker | null = null;
const listeners = new Set<() => void>();

function found(worker: ServiceWorker | null): void {
  waiting = worker;
  for (const listener of listeners) listener();
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

/** Gives the function that goes over to the newer app, when there is one. */
export function useUpdate(): (() => void) | null {
  const [worker, setWorker] = useState(waiting);
  useEffect(() => {
    const listener = (): void => setWorker(waiting);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  if (!worker) return null;
  return () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    worker.postMessage({ type: "SKIP_WAITING" });
  };
}
