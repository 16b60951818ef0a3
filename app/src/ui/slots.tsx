/** A week as a table to tick: when somebody can. */

import { label } from "../words/labels.ts";
import { t } from "../words/t.ts";
import { type FieldProps, Fieldset } from "./field.tsx";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const PARTS = ["am", "pm", "eve"] as const;

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
            {PARTS.map((part) => (
              <th scope="col" key={part}>
                {t(`ui.parts.${part}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {DAYS.map((day) => (
            <tr key={day}>
              <th scope="row">{label("weekday", day)}</th>
              {PARTS.map((part) => (
                <td key={part}>
                  <label>
                    <input
                      type="checkbox"
                      name={`${props.id}-${day}_${part}`}
                      aria-label={label("slot", `${day}_${part}`)}
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
