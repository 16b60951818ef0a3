/** A form, and what must be put right in it. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { OPENED_ON } from "../vault/fields.ts";
import { t } from "../words/t.ts";
import type { Opened } from "./opened.ts";

export type Errors = { readonly [field: string]: string };

/** What must be put right, at the top of the page; it takes the focus when it appears. */
export function ErrorSummary({ errors }: { readonly errors: Errors }) {
  const box = useRef<HTMLDivElement>(null);
  const fields = Object.keys(errors);
  const key = JSON.stringify(errors);
  useEffect(() => {
    if (fields.length > 0) box.current?.focus();
  }, [key]);
  if (fields.length === 0) return null;
  const show = (event: Event, field: string): void => {
    event.preventDefault();
    document.getElementById(field)?.focus();
  };
  return (
    <div ref={box} class="nhsuk-error-summary" tabIndex={-1}>
      <div role="alert">
        <h2 class="nhsuk-error-summary__title">{t("ui.problem")}</h2>
        <div class="nhsuk-error-summary__body">
          <ul class="nhsuk-list nhsuk-error-summary__list">
            {fields.map((field) => (
              <li key={field}>
                <a href={`#${field}`} onClick={(event) => show(event, field)}>
                  {errors[field]}
                </a>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
}

interface FormProps {
  readonly onSubmit: () => void;
  readonly children: ComponentChildren;
  readonly label?: string | undefined;
  /** Of a form that changes a record: what it was opened on. */
  readonly seen?: Opened | undefined;
}

/** Where a field holds too much it gets the focus, in place of a save. Nothing that is typed is for the browser to keep: it would lie on its disk in clear. */
export function Form({ onSubmit, children, label, seen }: FormProps) {
  const submit = (event: Event & { readonly currentTarget: HTMLFormElement }): void => {
    event.preventDefault();
    const wrong = [...event.currentTarget.elements].find((one) => "validity" in one && (one as HTMLInputElement).validity.customError);
    if (wrong) (wrong as HTMLInputElement).focus();
    else onSubmit();
  };
  return (
    <form noValidate autocomplete="off" onSubmit={submit} aria-label={label}>
      {seen && <input type="hidden" id={OPENED_ON} value={seen.version} onInput={({ currentTarget }) => (seen.version = Number(currentTarget.value))} />}
      {children}
    </form>
  );
}
