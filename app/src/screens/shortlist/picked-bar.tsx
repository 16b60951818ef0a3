/** What was picked to compare, within reach of a thumb. */

import { ButtonLink, LinkButton } from "../../ui/parts.tsx";
import { t } from "../../words/t.ts";

interface Props {
  readonly names: readonly string[];
  readonly href: string;
  readonly onStop: () => void;
}

export function PickedBar({ names, href, onStop }: Props) {
  return (
    <div role="status" class={names.length > 0 ? "kith-picked kith-no-print" : undefined}>
      {names.length === 1 && <p>{t("shortlist.compare.one", { name: names[0] })}</p>}
      {names.length === 2 && <ButtonLink href={href}>{t("shortlist.compare.go")}</ButtonLink>}
      {names.length > 0 && <LinkButton onClick={onStop}>{t("shortlist.compare.stop")}</LinkButton>}
    </div>
  );
}
