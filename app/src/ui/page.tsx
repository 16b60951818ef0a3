/** A page: its title, the way back, and the heading that takes the focus when the page opens. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { usePlace } from "../router.ts";

interface PageProps {
  readonly title: string;
  /** A short line above the heading, such as the part of a longer task. */
  readonly caption?: string | undefined;
  readonly back?: string | undefined;
  readonly backText?: string | undefined;
  /** Something on the page must be put right: the title says so first. */
  readonly failed?: boolean | undefined;
  /** A single question puts its heading into its own legend or label. */
  readonly hideHeading?: boolean | undefined;
  readonly children: ComponentChildren;
}

/** A longer title is set smaller and ends after three lines, so that the page begins within sight; it is read out whole. */
const LONG_TITLE = 45;

/** How far each page was scrolled, so that going back finds the place again. */
const places = new Map<string, number>();
let goingBack = false;

// Where the browser does not tell, a page opens at its top.
if (typeof navigation !== "undefined") {
  navigation.addEventListener("navigate", (event) => {
    goingBack = event.navigationType === "traverse";
  });
}

function placeInPage(path: string): number {
  return goingBack ? (places.get(path) ?? 0) : 0;
}

export function Page(props: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { path } = usePlace();
  useEffect(() => {
    document.title = `${props.failed ? "Error: " : ""}${props.title} – Kith`;
  }, [props.title, props.failed]);
  useEffect(() => {
    const main = heading.current?.closest("main");
    main?.scrollTo(0, placeInPage(path));
    heading.current?.focus({ preventScroll: true });
    const remember = (): void => void (main && places.set(path, main.scrollTop));
    main?.addEventListener("scroll", remember, { passive: true });
    return () => main?.removeEventListener("scroll", remember);
  }, [path]);
  return (
    <>
      {props.back && (
        <a class="nhsuk-back-link" href={props.back}>
          {props.backText ?? "Back"}
        </a>
      )}
      <h1 ref={heading} tabIndex={-1} class={`nhsuk-heading-l${props.title.length > LONG_TITLE ? " kith-title--long" : ""}`}>
        {props.caption && <span class="nhsuk-caption-l">{props.caption} </span>}
        {props.title}
      </h1>
      {props.children}
    </>
  );
}

export function NotHere({ what, back }: { readonly what: string; readonly back: string }) {
  return (
    <Page title={`This ${what} is not on this phone`} back={back}>
      <p>It may have been removed, or passed to somebody else. If you think it should be here, sync and look again.</p>
    </Page>
  );
}
