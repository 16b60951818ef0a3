/** What several forms of the time bank ask: how long, and on which day. */

import { VOCABULARIES } from "@generated/contract.ts";
import { type Option, Radios, Select, type TypedDate } from "../../ui/fields.tsx";
import { dayFrom } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";

const USUAL = [30, 60, 90, 120, 180, 240];

/** The usual lengths, with the one that something has already. */
function lengths(kept: number): Option[] {
  const all = kept > 0 && !USUAL.includes(kept) ? [...USUAL, kept].sort((a, b) => a - b) : USUAL;
  return all.map((minutes) => ({ value: String(minutes), label: minutesWords(minutes) }));
}

interface LengthProps {
  readonly legend: string;
  readonly hint?: string | undefined;
  readonly value: number;
  readonly kept?: number;
  readonly error?: string | undefined;
  readonly onChange: (minutes: number) => void;
}

export function Length({ legend, hint, value, kept = 0, error, onChange }: LengthProps) {
  return (
    <Radios
      id="minutes" label={legend} hint={hint} error={error} options={lengths(kept)} value={value > 0 ? String(value) : ""}
      onChange={(text) => onChange(Number(text))}
    />
  );
}

interface CategoryProps {
  readonly value: string;
  readonly error?: string | undefined;
  /** It chooses what is shown, and may be every sort. */
  readonly isFilter?: boolean;
  readonly onChange: (code: string) => void;
}

export function Category({ value, error, isFilter = false, onChange }: CategoryProps) {
  const options = Object.keys(VOCABULARIES.category).map((code) => ({ value: code, label: label("category", code) }));
  return (
    <Select
      id="category" label={t(isFilter ? "timebank.fields.filter" : "timebank.fields.category")} error={error} value={value} onChange={onChange}
      options={[{ value: "", label: t(isFilter ? "timebank.fields.any" : "timebank.fields.choose") }, ...options.sort((a, b) => a.label.localeCompare(b.label))]}
    />
  );
}

export function typed(day: string): TypedDate {
  const [year = "", month = "", date = ""] = day.split("-");
  return { day: String(Number(date)), month: String(Number(month)), year };
}

export function dayOfTyped({ day, month, year }: TypedDate): string | null {
  return dayFrom(day, month, year);
}
