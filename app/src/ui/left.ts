/** Where each page was left, so that going back finds the place again: how far it was scrolled, and by which link. */

interface Left {
  readonly top: number;
  /** The address of the link, and which it is of those that lead there. */
  readonly link: readonly [href: string, nth: number] | null;
}

const START: Left = { top: 0, link: null };
/** What is not drawn by then is not waited for: somebody reads already. */
const WAIT_MS = 2000;

const places = new Map<string, Left>();
let way: "on" | "back" | "up" = "on";
let up = "";

// Where the browser does not tell, a page opens at its top.
if (typeof navigation !== "undefined") {
  navigation.addEventListener("navigate", ({ navigationType, destination }) => {
    way = navigationType === "traverse" ? "back" : destination.url === up ? "up" : "on";
    up = "";
  });
}

/** The link at the top of a page, which leads back to where it came from, was followed. */
export function goUp(url: string): void {
  up = url;
}

/** Begin a page with the focus on its heading, or where it was left. Gives the function that ends it. */
export function beginPage(heading: HTMLElement, path: string, takesFocus: boolean): () => void {
  const main = heading.closest("main");
  const left = leftAt(path);
  way = "on";
  main?.scrollTo(0, left.top);
  // At once, before anybody can type or tap: a focus that came a moment later would take theirs away.
  if (takesFocus) heading.focus({ preventScroll: true });
  if (!main) return () => undefined;
  const ended = new AbortController();
  places.set(path, left);
  if (left.link) returnTo(left, left.link, main, ended.signal);
  remember(main, path, ended.signal);
  return () => ended.abort();
}

/** A page that was left without a link, by a save say, somebody has done with: it begins anew, its heading in sight. */
function leftAt(path: string): Left {
  const left = places.get(path) ?? START;
  return way !== "on" && left.link ? left : START;
}

function remember(main: HTMLElement, path: string, signal: AbortSignal): void {
  const change = (what: Partial<Left>): void => void places.set(path, { ...(places.get(path) ?? START), ...what });
  main.addEventListener("scroll", () => change({ top: main.scrollTop }), { signal, passive: true });
  main.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest('a[href^="#/"]') : null;
    const href = link?.getAttribute("href");
    if (link && href) change({ link: [href, linksTo(main, href).indexOf(link)] });
  }, { signal, capture: true });
}

/** Give the focus to the link once it is drawn, unless somebody has begun to do something else. */
function returnTo({ top }: Left, [href, nth]: NonNullable<Left["link"]>, main: HTMLElement, signal: AbortSignal): void {
  const bring = (): boolean => {
    const link = linksTo(main, href)[nth];
    if (!(link instanceof HTMLElement)) return false;
    main.scrollTo(0, top);
    link.focus({ preventScroll: true });
    link.scrollIntoView({ block: "nearest" });
    return true;
  };
  if (bring()) return;
  const watch = new MutationObserver(() => void (bring() && watch.disconnect()));
  const stop = (): void => watch.disconnect();
  watch.observe(main, { childList: true, subtree: true });
  for (const name of ["keydown", "pointerdown"]) addEventListener(name, stop, { signal, once: true, capture: true });
  signal.addEventListener("abort", stop);
  setTimeout(stop, WAIT_MS);
}

function linksTo(main: HTMLElement, href: string): Element[] {
  return [...main.querySelectorAll(`a[href="${CSS.escape(href)}"]`)];
}
