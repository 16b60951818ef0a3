/** The address after the # says which screen is open: it needs no server, and never reaches one. */
import { useLayoutEffect, useState } from "preact/hooks";

export interface Place {
  readonly path: string;
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

/** Read `#/people/p1?from=home` as a place; anything else is the home page. */
export function placeOf(hash: string): Place {
  const text = hash.startsWith("#/") ? hash.slice(1) : "/";
  const [path = "/", query = ""] = text.split("?", 2);
  const parts = path.split("/").filter(Boolean).map(decoded);
  return { path: `/${parts.join("/")}`, parts, query: new URLSearchParams(query) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Write the address of a screen: `at("people", id)` is `#/people/<id>`. */
export function at(...parts: readonly string[]): string {
  return `#/${parts.map(encodeURIComponent).join("/")}`;
}

export function go(hash: string): void {
  location.hash = hash;
}

/** Go somewhere without leaving the present page in the history, so that Back skips it. */
export function goInstead(hash: string): void {
  history.replaceState(history.state, "", hash);
  dispatchEvent(new HashChangeEvent("hashchange"));
}

/** How many steps back the run of addresses began that ends at `index` and lies under `prefix`. */
export function stepsBack(hashes: readonly string[], index: number, prefix: string): number {
  let first = index;
  while (first > 0 && (hashes[first - 1] ?? "").startsWith(prefix)) first -= 1;
  return index - first;
}

/** Go somewhere in place of all the pages under `prefix` that led here, so that Back skips them. */
export function goPast(prefix: string, hash: string): void {
  const steps = typeof navigation === "undefined" ? 0 : stepsBack(hashesOf(navigation), navigation.currentEntry?.index ?? 0, prefix);
  if (steps === 0) {
    goInstead(hash);
    return;
  }
  // The browser tells this before any page is drawn, so the first of those pages is never seen.
  addEventListener("popstate", () => goInstead(hash), { once: true });
  history.go(-steps);
}

function hashesOf(all: Navigation): string[] {
  return all.entries().map((entry) => new URL(entry.url ?? location.href).hash);
}

export function usePlace(): Place {
  const [place, setPlace] = useState(() => placeOf(location.hash));
  // Before anything is painted: whoever goes on at once would be left on the page that was.
  useLayoutEffect(() => {
    const follow = (): void => setPlace(placeOf(location.hash));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return place;
}
