/** How much of a round is done: in words, which alone are read out, and once anything is, as a bar for the eye. */

import { type Coverage, DOOR_STATES } from "../../logic/doorstep.ts";
import { t } from "../../words/t.ts";

export function CoverageWords({ coverage }: { readonly coverage: Coverage }) {
  if (coverage.doors === 0) return <p>{t("fieldwork.coverage.none")}</p>;
  return (
    <div class="kith-coverage">
      <p class="kith-coverage__sum">{t("fieldwork.coverage.words", { count: coverage.doors, visited: coverage.visited })}</p>
      {coverage.visited > 0 && <Bar coverage={coverage} />}
      <ul class="kith-facts">
        {DOOR_STATES.filter((state) => coverage[state] > 0).map((state) => (
          <li key={state}>
            <span class={`kith-mark kith-mark--${state}`} aria-hidden="true" /> {t(`fieldwork.coverage.part.${state}`, { n: coverage[state] })}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** One part for each state, as wide as it has doors; each drawn in a way of its own, so that colour is not needed. */
function Bar({ coverage }: { readonly coverage: Coverage }) {
  let x = 0;
  const parts = DOOR_STATES.map((state) => {
    const width = (100 * coverage[state]) / coverage.doors;
    const part = { state, x, width };
    x += width;
    return part;
  });
  return (
    <svg class="kith-coverage__bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      {parts.filter(({ state, width }) => state !== "todo" && width > 0).map((part) => (
        <rect key={part.state} class={`kith-coverage__part kith-coverage__part--${part.state}`} x={part.x} y={0} width={part.width} height={8} />
      ))}
    </svg>
  );
}
