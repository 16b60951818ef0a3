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

export function Page(props: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { path } = usePlace();
  useEffect(() => {
    document.title = `${props.failed ? "Error: " : ""}${props.title} – Kith`;
  }, [props.title, props.failed]);
  useEffect(() => {
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <>
      {props.back && (
        <a class="nhsuk-back-link" href={props.back}>
          {props.backText ?? "Back"}
        </a>
      )}
      <h1 ref={heading} tabIndex={-1} class="nhsuk-heading-l">
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
