/** What the browser can do for sync beside the open page: wake it when there is a signal, and mark the app's icon. */

const WAKE = "kith-wake";
const TWICE_A_DAY_MS = 12 * 3_600_000;

interface Registration extends ServiceWorkerRegistration {
  readonly sync?: { readonly register: (tag: string) => Promise<void> };
  readonly periodicSync?: { readonly register: (tag: string, options: { readonly minInterval: number }) => Promise<void> };
}

/** Call `wake` whenever the service worker was woken. Gives the function that ends it. */
export function whenWoken(wake: () => void): () => void {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return () => undefined;
  const heard = (event: MessageEvent): void => {
    if ((event.data as { type?: unknown } | null)?.type === WAKE) wake();
  };
  serviceWorker.addEventListener("message", heard);
  return () => serviceWorker.removeEventListener("message", heard);
}

/**
 * Ask to be woken: when there is a signal again if something waits, and now and then. Not every browser can, or may. Who
 * has a signal and looks at the page needs nobody to wake it, and would be woken at once.
 */
export async function askToBeWoken(waits: boolean): Promise<void> {
  const registration = (await navigator.serviceWorker?.getRegistration()) as Registration | undefined;
  if (!registration?.active) return;
  const isAwake = navigator.onLine && document.visibilityState === "visible";
  if (waits && !isAwake) await registration.sync?.register(WAKE).catch(() => undefined);
  await registration.periodicSync?.register(WAKE, { minInterval: TWICE_A_DAY_MS }).catch(() => undefined);
}

/** Mark the app's icon with how many things need the person; nothing when none does. */
export async function markIcon(needs: number): Promise<void> {
  const { setAppBadge, clearAppBadge } = navigator as { setAppBadge?: (n: number) => Promise<void>; clearAppBadge?: () => Promise<void> };
  const done = needs > 0 ? setAppBadge?.call(navigator, needs) : clearAppBadge?.call(navigator);
  await done?.catch(() => undefined);
}
