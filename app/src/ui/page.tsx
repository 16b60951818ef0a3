/** A page: its title, the way back, and the heading that takes the focus when the page is opened. */

import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { usePlace } from "../router.ts";
import { isFixed } from "../words/fixed.ts";
import { t } from "../words/t.ts";
import { beginPage, goUp } from "./left.ts";

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
  /** The page's one question takes the focus by itself. */
  readonly leavesFocus?: boolean | undefined;
  readonly children: ComponentChildren;
}

/** What the part of the app is called that is open: the window's title where the page's own has a name in it. */
export const PlaceTitle = createContext("");

/** A longer title is set smaller and ends after three lines, so that the page begins within sight; it is read out whole. */
const LONG_TITLE = 45;

export function Page(props: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { path } = usePlace();
  const place = useContext(PlaceTitle);
  useEffect(() => {
    // Browsers write titles into their history, in clear and for months: nobody's name may be in one.
    const title = [props.title, props.caption ?? ""].find(isFixed) ?? place;
    document.title = title === "" ? "Kith" : t(props.failed ? "ui.errorTitle" : "ui.title", { title });
  }, [props.title, props.caption, props.failed, place]);
  useLayoutEffect(() => (heading.current ? beginPage(heading.current, path, !props.leavesFocus) : undefined), [path]);
  return (
    <>
      {props.back && (
        <a class="nhsuk-back-link" href={props.back} onClick={(event) => goUp(event.currentTarget.href)}>
          {props.backText ?? t("ui.back")}
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
