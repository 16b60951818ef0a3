/** Why somebody says no to a task, or gives it back: a few reasons to tap, or none. */

import { VOCABULARIES } from "@generated/contract.ts";
import { label } from "../../words/labels.ts";
import { Radios } from "../../ui/fields.tsx";
import { t } from "../../words/t.ts";

/** A volunteer's own reasons come first in the vocabulary; the rest are the server's. */
const OWN = 7;

interface ReasonsProps {
  readonly value: string;
  readonly onChange: (reason: string) => void;
}

export function Reasons({ value, onChange }: ReasonsProps) {
  const options = Object.keys(VOCABULARIES.ask_reason).slice(0, OWN).map((code) => ({ value: code, label: label("ask_reason", code) }));
  return <Radios id="reason" label={t("tasks.reason.label")} hint={t("tasks.reason.hint")} options={[...options, { value: "", label: t("tasks.reason.none") }]} value={value} onChange={onChange} />;
}
