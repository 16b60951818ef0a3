/** A day of one's own choosing, typed. */

import { useState } from "preact/hooks";
import { farOff, LASTING } from "../../logic/days.ts";
import { today } from "../../ui/context.ts";
import { DateField, ErrorSummary, type Errors, Form, type TypedDate } from "../../ui/fields.tsx";
import { Button } from "../../ui/parts.tsx";
import { dayFrom } from "../../words/dates.ts";
import { t } from "../../words/t.ts";

export function UntilDay({ onDay }: { readonly onDay: (day: string) => void }) {
  const [typed, setTyped] = useState<TypedDate>({ day: "", month: "", year: today().slice(0, 4) });
  const [errors, setErrors] = useState<Errors>({});
  const save = (): void => {
    const day = dayFrom(typed.day, typed.month, typed.year);
    const wrong = day === null || day < today() ? { until: t("me.pause.wrong") } : farOff({ until: day }, LASTING, today());
    setErrors(wrong);
    if (day !== null && Object.keys(wrong).length === 0) onDay(day);
  };
  return (
    <Form onSubmit={save}>
      <ErrorSummary errors={errors} />
      <DateField id="until" label={t("me.pause.until")} value={typed} onChange={setTyped} error={errors["until"]} />
      <Button type="submit" look="secondary">{t("me.pause.save")}</Button>
    </Form>
  );
}
