/** A day and a time of day by the phone's own pickers. */

/** Years have four figures, so that the fifth that is typed begins no longer one. */
const LAST_DAY = "9999-12-31";

interface WhenProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly hint?: string | undefined;
}

function When({ type, ...props }: WhenProps & { readonly type: "date" | "time" }) {
  const described = [props.hint && `${props.id}-hint`, props.error && `${props.id}-error`].filter(Boolean).join(" ") || undefined;
  return (
    <div class={`nhsuk-form-group${props.error ? " nhsuk-form-group--error" : ""}`}>
      <label class="nhsuk-label" for={props.id}>
        {props.label}
      </label>
      {props.hint && <div class="nhsuk-hint" id={`${props.id}-hint`}>{props.hint}</div>}
      {props.error && <span class="nhsuk-error-message" id={`${props.id}-error`}>{props.error}</span>}
      <input
        class={`nhsuk-input kith-when${props.error ? " nhsuk-input--error" : ""}`} id={props.id} name={props.id} type={type} max={type === "date" ? LAST_DAY : undefined}
        value={props.value} aria-describedby={described} onInput={(event) => props.onChange(event.currentTarget.value)}
      />
    </div>
  );
}

export function DayInput(props: WhenProps) {
  return <When type="date" {...props} />;
}

export function ClockInput(props: WhenProps) {
  return <When type="time" {...props} />;
}
