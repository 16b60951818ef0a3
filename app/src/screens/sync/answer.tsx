/** The question of one field that was changed twice: mine, theirs, both, or something else. */

import { useState } from "preact/hooks";
import type { Item } from "../../data/live.ts";
import { type Given, joined, thirdOf } from "../../logic/settling.ts";
import { DateField, optionsOf, Radios, TextArea, TextField, type TypedDate } from "../../ui/fields.tsx";
import { fieldWords } from "../../words/changes.ts";
import { dayFrom } from "../../words/dates.ts";
import { t } from "../../words/t.ts";
import { rulesOf, sideWords, valueWords } from "../../words/values.ts";

interface AnswerProps {
  readonly conflict: Item<"conflict">;
  /** The only question on the page: the title names its field already. */
  readonly alone: boolean;
  readonly byMe: boolean;
  readonly given: Given;
  readonly onChange: (given: Given) => void;
  readonly error: string | undefined;
  readonly otherError: string | undefined;
}

export function Answer(props: AnswerProps) {
  const { conflict: { id, doc }, alone, given, onChange, error } = props;
  const field = doc.field === "*" ? t("sync.conflicts.all") : fieldWords(doc.field);
  const hint = t("sync.conflicts.stands", { value: sideWords(doc.record_kind, doc.field, doc.kept) });
  return (
    <>
      <Radios
        id={`keep-${id}`} label={alone ? t("sync.conflicts.which") : t("sync.conflicts.whichField", { field })} hint={hint}
        options={optionsFor(props)} value={given.keep} onChange={(keep) => onChange({ ...given, keep: keep as Given["keep"] })} error={error}
      />
      {given.keep === "other" && <Other {...props} />}
    </>
  );
}

function optionsFor({ conflict: { doc }, byMe }: AnswerProps) {
  const rule = rulesOf(doc.record_kind)[doc.field];
  const side = (name: "mine" | "theirs"): string => sideWords(doc.record_kind, doc.field, doc[name]);
  return [
    { value: "mine", label: t(byMe ? "sync.conflicts.yours" : "sync.conflicts.later", { value: side("mine") }) },
    { value: "theirs", label: t(byMe ? "sync.conflicts.theirs" : "sync.conflicts.earlier", { value: side("theirs") }) },
    ...(joined(rule, doc) !== null ? [{ value: "both", label: t("sync.conflicts.both") }] : []),
    ...(thirdOf(rule, doc.field, doc) !== null ? [{ value: "other", label: t("sync.conflicts.other") }] : []),
  ];
}

/** A third value, asked for as the field needs it. */
function Other({ conflict: { id, doc }, given, onChange, otherError }: AnswerProps) {
  const rule = rulesOf(doc.record_kind)[doc.field];
  const third = thirdOf(rule, doc.field, doc);
  const shared = { id: `other-${id}`, label: t("sync.conflicts.shouldBe"), error: otherError };
  const onOther = (other: string): void => onChange({ ...given, other });
  if (third === "day") return <OtherDay {...shared} onDay={onOther} />;
  if (third === "text") return <TextArea {...shared} value={given.other} onChange={onOther} />;
  if (third === "codes" && rule?.vocabulary) return <Radios {...shared} options={optionsOf(rule.vocabulary)} value={given.other} onChange={onOther} />;
  if (third === "order") {
    const options = (rule?.order ?? []).map((one) => ({ value: String(one), label: valueWords(doc.record_kind, doc.field, one) }));
    return <Radios {...shared} options={options} value={given.other} onChange={onOther} />;
  }
  const isNumber = third === "number";
  return <TextField {...shared} value={given.other} onChange={onOther} width={isNumber ? 5 : undefined} inputMode={isNumber ? "numeric" : undefined} />;
}

interface DayProps {
  readonly id: string;
  readonly label: string;
  readonly error: string | undefined;
  readonly onDay: (day: string) => void;
}

/** A day in three parts; no day while they are none. */
function OtherDay({ id, label, error, onDay }: DayProps) {
  const [typed, setTyped] = useState<TypedDate>({ day: "", month: "", year: "" });
  const change = (next: TypedDate): void => {
    setTyped(next);
    onDay(dayFrom(next.day, next.month, next.year) ?? "");
  };
  return <DateField id={id} label={label} value={typed} onChange={change} error={error} />;
}
