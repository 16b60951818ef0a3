/** Why something stands where it stands: what speaks for it, what against, and what would change that. */

import type { ShownItem } from "@contract/ranker/index.ts";
import { t } from "../../words/t.ts";

const MOST_FOR = 4;
const MOST_AGAINST = 2;

interface Props {
  readonly shown: Pick<ShownItem, "reasons" | "change">;
  /** The level that follows the heading above. */
  readonly level: "h2" | "h3";
}

export function Reasons({ shown, level }: Props) {
  return (
    <>
      <Side level={level} title={t("shortlist.why.for")} texts={textsOf(shown, 1).slice(0, MOST_FOR)} />
      <Side level={level} title={t("shortlist.why.against")} texts={textsOf(shown, -1).slice(0, MOST_AGAINST)} />
      {shown.change && <p class="kith-quiet">{t("shortlist.why.change", { change: shown.change })}</p>}
    </>
  );
}

/** The reasons for (1) or against (-1), the strongest first. */
export function textsOf(shown: Pick<ShownItem, "reasons">, sign: 1 | -1): string[] {
  const side = shown.reasons.filter((one) => one.text !== "" && (one.contribution >= 0 ? 1 : -1) === sign);
  return side.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)).map((one) => one.text);
}

function Side({ level: Heading, title, texts }: { readonly level: Props["level"]; readonly title: string; readonly texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <>
      <Heading class="nhsuk-heading-xs">{title}</Heading>
      <ul class="nhsuk-list nhsuk-list--bullet">
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </>
  );
}
