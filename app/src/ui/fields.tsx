/** Form fields after the patterns of nhsuk-frontend: what is typed is here, and the others come by way of here. */

import { useEffect, useRef } from "preact/hooks";
import { t } from "../words/t.ts";
import { describedBy, type FieldProps, Fieldset, group, Hint, Wrong } from "./field.tsx";

export * from "./choices.tsx";
export * from "./form.tsx";
export * from "./slots.tsx";

interface TextProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: "text" | "tel" | "email" | "password" | "search" | undefined;
  readonly width?: 2 | 4 | 5 | 10 | undefined;
  readonly autocomplete?: string | undefined;
  readonly inputMode?: "numeric" | "text" | undefined;
  readonly maxLength?: number | undefined;
  readonly spellcheck?: boolean | undefined;
}

/** What is longer than the field may hold stays as it was pasted, and is told; until it is shorter its form saves nothing. */
function useLimit({ value, error, inputMode }: TextProps | (AreaProps & { readonly inputMode?: undefined }), most: number) {
  const over = value.length - most;
  const long = over <= 0 ? undefined : inputMode === "numeric" ? t("ui.tooLarge") : t("ui.tooLong", { count: over });
  const ref = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useEffect(() => ref.current?.setCustomValidity(long ?? ""), [long]);
  return { ref, error: long ?? error, isLong: over > 0 };
}

export function TextField(props: TextProps) {
  const { id, label } = props;
  const { ref, error, isLong } = useLimit(props, props.maxLength ?? 200);
  const width = props.width ? ` nhsuk-input--width-${props.width}` : "";
  return (
    <div class={group(error)}>
      <label class="nhsuk-label" for={id}>
        {label}
      </label>
      <Hint id={id} text={props.hint} />
      <Wrong id={id} text={error} isTold={isLong} />
      <input
        ref={ref}
        class={`nhsuk-input${width}${error ? " nhsuk-input--error" : ""}`}
        id={id}
        name={id}
        type={(props.type ?? "text") as "text"}
        value={props.value}
        aria-describedby={describedBy({ ...props, error })}
        autocomplete={(props.autocomplete ?? "off") as "off"}
        inputMode={props.inputMode}
        spellcheck={props.spellcheck ?? false}
        onInput={(event) => props.onChange(seen(event.currentTarget.value))}
      />
    </div>
  );
}

/** What nobody sees and a paste brings along: a name of nothing else is none, and some of it turns the sentence around a name. */
const UNSEEN = /[\p{Cc}\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

function seen(text: string): string {
  return text.replace(UNSEEN, "");
}

interface AreaProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows?: number;
  readonly maxLength?: number;
}

export function TextArea(props: AreaProps) {
  const { id, label } = props;
  const { ref, error, isLong } = useLimit(props, props.maxLength ?? 4000);
  return (
    <div class={group(error)}>
      <label class="nhsuk-label" for={id}>
        {label}
      </label>
      <Hint id={id} text={props.hint} />
      <Wrong id={id} text={error} isTold={isLong} />
      <textarea
        ref={ref}
        class={`nhsuk-textarea${error ? " nhsuk-textarea--error" : ""}`}
        id={id}
        name={id}
        rows={props.rows ?? 5}
        value={props.value}
        autocomplete="off"
        aria-describedby={describedBy({ ...props, error })}
        onInput={(event) => props.onChange(event.currentTarget.value)}
      />
    </div>
  );
}

export interface TypedDate {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

interface DateProps extends FieldProps {
  readonly value: TypedDate;
  readonly onChange: (value: TypedDate) => void;
}

export function DateField(props: DateProps) {
  const part = (name: keyof TypedDate, label: string, width: 2 | 4) => {
    const id = name === "day" ? props.id : `${props.id}-${name}`;
    return (
      <div class="nhsuk-date-input__item">
        <div class="nhsuk-form-group">
          <label class="nhsuk-label nhsuk-date-input__label" for={id}>
            {label}
          </label>
          <input
            class={`nhsuk-input nhsuk-date-input__input nhsuk-input--width-${width}${props.error ? " nhsuk-input--error" : ""}`}
            id={id}
            name={id}
            type="text"
            inputMode="numeric"
            autocomplete="off"
            maxLength={width}
            value={props.value[name]}
            onInput={(event) => props.onChange({ ...props.value, [name]: event.currentTarget.value.trim() })}
          />
        </div>
      </div>
    );
  };
  return (
    <Fieldset {...props}>
      <div class="nhsuk-date-input">
        {part("day", t("ui.day"), 2)}
        {part("month", t("ui.month"), 2)}
        {part("year", t("ui.year"), 4)}
      </div>
    </Fieldset>
  );
}
