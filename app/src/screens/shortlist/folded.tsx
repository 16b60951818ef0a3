/** Something folded away, drawn when it is first opened: what nobody opens costs no time. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

interface Props {
  readonly summary: string;
  readonly children: () => ComponentChildren;
}

export function Folded({ summary, children }: Props) {
  const [wasOpened, setOpened] = useState(false);
  return (
    <details class="nhsuk-details" onToggle={() => setOpened(true)}>
      <summary class="nhsuk-details__summary">
        <span class="nhsuk-details__summary-text">{summary}</span>
      </summary>
      <div class="nhsuk-details__text">{wasOpened && children()}</div>
    </details>
  );
}
