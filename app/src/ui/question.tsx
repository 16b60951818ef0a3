/** Asked before something goes that nobody gets back: what it is, and the way out first. */

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface QuestionProps {
  readonly text: string;
  /** What goes, where the text alone does not say it. */
  readonly children?: ComponentChildren;
  readonly keep: string;
  readonly onKeep: () => void;
  readonly drop: string;
  readonly onDrop: () => void;
}

export function Question({ text, children, keep, onKeep, drop, onDrop }: QuestionProps) {
  const [box, first] = [useRef<HTMLDivElement>(null), useRef<HTMLButtonElement>(null)];
  useLayoutEffect(() => {
    first.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <div role="group" ref={box} aria-label={text}>
      <p>{text}</p>
      {children}
      <div class="kith-buttons">
        <button class="nhsuk-button nhsuk-button--small nhsuk-button--secondary" type="button" ref={first} onClick={onKeep}>
          {keep}
        </button>
        <button class="nhsuk-button nhsuk-button--small nhsuk-button--warning" type="button" onClick={onDrop}>
          {drop}
        </button>
      </div>
    </div>
  );
}
