/** Keeps the focus where somebody works: when what had it is taken away, what is left around it gets it, never nothing. */

export function keepFocus(page: Document): void {
  let path: readonly Element[] = [];
  page.addEventListener("focusin", ({ target }) => {
    path = target instanceof Element ? [...outwards(target)] : [];
  });
  new MutationObserver(() => {
    if (page.activeElement !== page.body || path[0]?.isConnected !== false) return;
    // Bars come and go by themselves: whoever was there goes on in the page.
    const left = path.find((one) => one.isConnected && one.closest("main")) ?? page.querySelector("main");
    if (left instanceof HTMLElement) stand(left);
  }).observe(page.body, { childList: true, subtree: true });
}

/** When a bar takes room from the page, what has the focus and was in sight stays so. Gives the function that ends it. */
export function keepInSight(main: HTMLElement): () => void {
  let room = main.clientHeight;
  const watch = new ResizeObserver(() => {
    const lost = room - main.clientHeight;
    room = main.clientHeight;
    const focused = document.activeElement;
    if (focused === null || focused === main || !main.contains(focused)) return;
    const under = focused.getBoundingClientRect().bottom - main.getBoundingClientRect().bottom;
    if (under > 0 && under <= lost) main.scrollBy(0, under);
  });
  watch.observe(main);
  return () => watch.disconnect();
}

function* outwards(from: Element): Generator<Element> {
  for (let at: Element | null = from; at; at = at.parentElement) yield at;
}

/** Give the focus to what is no stop of Tab, and does not become one. */
function stand(place: HTMLElement): void {
  if (!place.hasAttribute("tabindex")) {
    place.tabIndex = -1;
    place.addEventListener("blur", () => place.removeAttribute("tabindex"), { once: true });
  }
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest" });
}
