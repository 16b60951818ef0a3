/** Fields that offer a choice: radios, checkboxes, a list that opens. */

import type { VocabularyName } from "@generated/contract.ts";
import { labelsOf, spokenWords } from "../words/labels.ts";
import { capital } from "../words/plain.ts";
import { describedBy, type FieldProps, Fieldset, group, Hint, Wrong } from "./field.tsx";

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** The language of the label, where it is not that of the page. */
  readonly lang?: string | undefined;
}

/** The options of a vocabulary, in its order, by its name or by what it holds. Each begins with a capital, also where the language
 * writes its words small. */
export function optionsOf(words: VocabularyName | { readonly [code: string]: string }): Option[] {
  return Object.entries(typeof words === "string" ? labelsOf(words) : spokenWords(words)).map(([value, label]) => ({ value, label: capital(label) }));
}

interface ChoiceProps extends FieldProps {
  readonly options: readonly Option[];
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
              <label class="nhsuk-label nhsuk-radios__label" for={id} lang={option.lang}>
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
