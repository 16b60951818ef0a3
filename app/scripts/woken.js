// Part of the service worker: the phone wakes it when there is a signal again. What waits is sealed under a PIN, so it can send
// nothing itself; it wakes the pages that are open, and marks the app's icon when there is none.
const WAKE = "kith-wake";

async function wake() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const page of pages) page.postMessage({ type: WAKE });
  if (pages.length === 0 && "setAppBadge" in self.navigator) await self.navigator.setAppBadge();
}

for (const name of ["sync", "periodicsync"]) {
  self.addEventListener(name, (event) => {
    if (event.tag === WAKE) event.waitUntil(wake());
  });
}
