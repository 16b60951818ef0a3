/** One question of a survey, with answers big enough for a wet screen. */

import type { Question } from "@contract/rules/index.ts";
import { numberFrom } from "../../logic/survey.ts";
import { Checkboxes, Radios, TextField } from "../../ui/fields.tsx";
import { t } from "../../words/t.ts";

export interface SurveyQuestion extends Question {
  readonly text: string;
  readonly options: readonly { readonly code: string; readonly label: string }[];
}

interface AskProps {
  readonly question: SurveyQuestion;
  readonly answer: unknown;
  readonly onChange: (answer: unknown) => void;
  readonly error: string | undefined;
}

export function Ask({ question, answer, onChange, error }: AskProps) {
  const { code, type, required } = question;
  const optional = required ? "" : t("fieldwork.survey.optional");
  const shared = { id: code, error, label: question.text };
  if (type === "number") {
    const hint = [t("fieldwork.survey.range", { low: question.low, high: question.high }), optional].filter(Boolean).join(" ");
    return <div class="kith-asked"><TextField {...shared} hint={hint} inputMode="numeric" width={5} maxLength={8} value={answer == null ? "" : String(answer)} onChange={(typed) => onChange(numberFrom(typed))} /></div>;
  }
  const options = type === "yes_no"
    ? [{ value: "yes", label: t("fieldwork.survey.yes") }, { value: "no", label: t("fieldwork.survey.no") }]
    : question.options.map((one) => ({ value: one.code, label: one.label }));
  if (type === "many") {
    const hint = [t("fieldwork.survey.many"), optional].filter(Boolean).join(" ");
    return <div class="kith-answers kith-asked"><Checkboxes {...shared} hint={hint} options={options} values={Array.isArray(answer) ? (answer as string[]) : []} onChange={onChange} /></div>;
  }
  return <div class="kith-answers kith-asked"><Radios {...shared} hint={optional || undefined} options={options} value={typeof answer === "string" ? answer : ""} onChange={onChange} /></div>;
}
