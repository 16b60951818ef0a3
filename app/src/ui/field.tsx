/** What every form field is made of, after the patterns of nhsuk-frontend: label, hint, error. */

import type { ComponentChildren } from "preact";
import { t } from "../words/t.ts";

export interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

export function describedBy({ id, hint, error }: FieldProps): string | undefined {
  return [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
}

export function Hint({ id, text }: { readonly id: string; readonly text: string | undefined }) {
  return text ? (
    <div class="nhsuk-hint" id={`${id}-hint`}>
      {text}
    </div>
  ) : null;
}

interface WrongProps {
  readonly id: string;
  readonly text: string | undefined;
  /** Read out as it comes: what somebody tried to save tells of the others. */
  readonly isTold?: boolean;
}

export function Wrong({ id, text, isTold = false }: WrongProps) {
  return text ? (
    <span class="nhsuk-error-message" id={`${id}-error`} role={isTold ? "alert" : undefined}>
      <span class="nhsuk-u-visually-hidden">{t("ui.error")} </span>
      {text}
    </span>
  ) : null;
}

export function group(error: string | undefined): string {
  return `nhsuk-form-group${error ? " nhsuk-form-group--error" : ""}`;
}

export function Fieldset(props: FieldProps & { readonly children: ComponentChildren }) {
  return (
    <div class={group(props.error)}>
      <fieldset class="nhsuk-fieldset" aria-describedby={describedBy(props)}>
        <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">{props.label}</legend>
        <Hint id={props.id} text={props.hint} />
        <Wrong id={props.id} text={props.error} />
        {props.children}
      </fieldset>
    </div>
  );
}
