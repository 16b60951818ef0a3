/** Where a PIN is typed: hidden unless the person wants to see it. */

import { useState } from "preact/hooks";
import { LONGEST } from "../../vault/pin.ts";
import { TextField } from "../../ui/fields.tsx";
import { t } from "../../words/t.ts";

interface PinProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isShown: boolean;
}

export function PinField({ isShown, ...field }: PinProps) {
  // Longer than a PIN may be, so that typing too much is told and not cut off unseen.
  return <TextField {...field} type={isShown ? "text" : "password"} inputMode="numeric" width={10} maxLength={LONGEST * 2} />;
}

/** The switch that shows what is typed, and whether it is on. */
export function useShown() {
  const [isShown, show] = useState(false);
  const toggle = (
    <div class="nhsuk-checkboxes nhsuk-checkboxes--small kith-show">
      <div class="nhsuk-checkboxes__item">
        <input class="nhsuk-checkboxes__input" id="show-pin" type="checkbox" checked={isShown} onChange={(event) => show(event.currentTarget.checked)} />
        <label class="nhsuk-label nhsuk-checkboxes__label" for="show-pin">
          {t("safety.show")}
        </label>
      </div>
    </div>
  );
  return { isShown, toggle };
}
