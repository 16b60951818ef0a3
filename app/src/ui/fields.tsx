/** Form fields after the patterns of nhsuk-frontend: label, hint, error, control. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

export type Errors = { readonly [field: string]: string };

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

function describedBy({ id, hint, error }: FieldProps): string | undefined {
  return [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
}

function Hint({ id, text }: { readonly id: string; readonly text: string | undefined }) {
  return text ? (
    <div class="nhsuk-hint" id={`${id}-hint`}>
      {text}
    </div>
  ) : null;
}

function Wrong({ id, text }: { readonly id: string; readonly text: string | undefined }) {
  return text ? (
    <span class="nhsuk-error-message" id={`${id}-error`}>
      <span class="nhsuk-u-visually-hidden">Error: </span>
      {text}
    </span>
  ) : null;
}

function group(error: string | undefined): string {
  return `nhsuk-form-group${error ? " nhsuk-form-group--error" : ""}`;
}

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

export function TextField(props: TextProps) {
  const { id, label, error } = props;
  const width = props.width ? ` nhsuk-input--width-${props.width}` : "";
  return (
    <div class={group(error)}>
      <label class="nhsuk-label" for={id}>
        {label}
      </label>
      <Hint id={id} text={props.hint} />
      <Wrong id={id} text={error} />
      <input
        class={`nhsuk-input${width}${error ? " nhsuk-input--error" : ""}`}
        id={id}
        name={id}
        type={(props.type ?? "text") as "text"}
        value={props.value}
        aria-describedby={describedBy(props)}
        autocomplete={(props.autocomplete ?? "off") as "off"}
        inputMode={props.inputMode}
        maxLength={props.maxLength ?? 200}
        spellcheck={props.spellcheck ?? false}
        onInput={(event) => props.onChange(event.currentTarget.value)}
      />
    </div>
  );
}

interface AreaProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows?: number;
  readonly maxLength?: number;
}

export function TextArea(props: AreaProps) {
  const { id, label, error } = props;
  return (
    <div class={group(error)}>
      <label class="nhsuk-label" for={id}>
        {label}
      </label>
      <Hint id={id} text={props.hint} />
      <Wrong id={id} text={error} />
      <textarea
        class={`nhsuk-textarea${error ? " nhsuk-textarea--error" : ""}`}
        id={id}
        name={id}
        rows={props.rows ?? 5}
        value={props.value}
        maxLength={props.maxLength ?? 4000}
        aria-describedby={describedBy(props)}
        onInput={(event) => props.onChange(event.currentTarget.value)}
      />
    </div>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string | undefined;
}

/** The options of a vocabulary, in its order. */
export function optionsOf(words: { readonly [code: string]: string }): Option[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

interface ChoiceProps extends FieldProps {
  readonly options: readonly Option[];
}

function Fieldset(props: FieldProps & { readonly children: ComponentChildren }) {
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

interface RadioProps extends ChoiceProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function Radios(props: RadioProps) {
  return (
    <Fieldset {...props}>
      <div class="nhsuk-radios">
        {props.options.map((option, n) => {
          const id = n === 0 ? props.id : `${props.id}-${n + 1}`;
          return (
            <div class="nhsuk-radios__item" key={option.value}>
              <input
                class="nhsuk-radios__input"
                id={id}
                name={props.id}
                type="radio"
                value={option.value}
                checked={props.value === option.value}
                aria-describedby={option.hint ? `${id}-item-hint` : undefined}
                onChange={() => props.onChange(option.value)}
              />
              <label class="nhsuk-label nhsuk-radios__label" for={id}>
                {option.label}
              </label>
              {option.hint && (
                <div class="nhsuk-hint nhsuk-radios__hint" id={`${id}-item-hint`}>
                  {option.hint}
                </div>
              )}
            </div>
          );
        })}
      </div>
    </Fieldset>
  );
}

interface CheckboxProps extends ChoiceProps {
  readonly values: readonly string[];
  readonly onChange: (values: string[]) => void;
}

export function Checkboxes(props: CheckboxProps) {
  const toggle = (value: string, on: boolean): void =>
    props.onChange(on ? [...props.values, value] : props.values.filter((one) => one !== value));
  return (
    <Fieldset {...props}>
      <div class="nhsuk-checkboxes">
        {props.options.map((option, n) => {
          const id = n === 0 ? props.id : `${props.id}-${n + 1}`;
          return (
            <div class="nhsuk-checkboxes__item" key={option.value}>
              <input
                class="nhsuk-checkboxes__input"
                id={id}
                name={props.id}
                type="checkbox"
                value={option.value}
                checked={props.values.includes(option.value)}
                aria-describedby={option.hint ? `${id}-item-hint` : undefined}
                onChange={(event) => toggle(option.value, event.currentTarget.checked)}
              />
              <label class="nhsuk-label nhsuk-checkboxes__label" for={id}>
                {option.label}
              </label>
              {option.hint && (
                <div class="nhsuk-hint nhsuk-checkboxes__hint" id={`${id}-item-hint`}>
                  {option.hint}
                </div>
              )}
            </div>
          );
        })}
      </div>
    </Fieldset>
  );
}

interface SelectProps extends ChoiceProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function Select(props: SelectProps) {
  return (
    <div class={group(props.error)}>
      <label class="nhsuk-label" for={props.id}>
        {props.label}
      </label>
      <Hint id={props.id} text={props.hint} />
      <Wrong id={props.id} text={props.error} />
      <select
        class={`nhsuk-select${props.error ? " nhsuk-select--error" : ""}`}
        id={props.id}
        name={props.id}
        value={props.value}
        aria-describedby={describedBy(props)}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
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
        {part("day", "Day", 2)}
        {part("month", "Month", 2)}
        {part("year", "Year", 4)}
      </div>
    </Fieldset>
  );
}

const DAY_NAMES = [
  ["mon", "Monday"], ["tue", "Tuesday"], ["wed", "Wednesday"], ["thu", "Thursday"], ["fri", "Friday"], ["sat", "Saturday"], ["sun", "Sunday"],
] as const;
const PARTS = [["am", "Morning"], ["pm", "Afternoon"], ["eve", "Evening"]] as const;

interface SlotsProps extends FieldProps {
  readonly values: readonly string[];
  readonly onChange: (values: string[]) => void;
}

/** A week of mornings, afternoons and evenings, each a box with a full name such as "Monday morning". */
export function SlotTable(props: SlotsProps) {
  const toggle = (slot: string, on: boolean): void =>
    props.onChange(on ? [...props.values, slot] : props.values.filter((one) => one !== slot));
  return (
    <Fieldset {...props}>
      <table class="kith-slots">
        <thead>
          <tr>
            <td />
            {PARTS.map(([part, name]) => (
              <th scope="col" key={part}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {DAY_NAMES.map(([day, dayName]) => (
            <tr key={day}>
              <th scope="row">{dayName}</th>
              {PARTS.map(([part, partName]) => (
                <td key={part}>
                  <label>
                    <input
                      type="checkbox"
                      name={`${props.id}-${day}_${part}`}
                      aria-label={`${dayName} ${partName.toLowerCase()}`}
                      checked={props.values.includes(`${day}_${part}`)}
                      onChange={(event) => toggle(`${day}_${part}`, event.currentTarget.checked)}
                    />
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Fieldset>
  );
}

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
        <h2 class="nhsuk-error-summary__title">There is a problem</h2>
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
}

export function Form({ onSubmit, children, label }: FormProps) {
  const submit = (event: Event): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form noValidate onSubmit={submit} aria-label={label}>
      {children}
    </form>
  );
}
