/** The first PIN of this phone: asked for after the first sign-in, before anything is kept. */

import { useRef, useState } from "preact/hooks";
import { useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { faultOf } from "../../vault/pin.ts";
import { t } from "../../words/t.ts";
import { PinField, useShown } from "./pin-field.tsx";

export function ChoosePin() {
  const { kith } = useReach();
  const [busy, setBusy] = useState(false);
  const save = async (pin: string): Promise<Errors> => {
    setBusy(true);
    try {
      await kith.vault.protect(kith.store, pin);
      kith.live.changed(null);
      return {};
    } catch {
      return { pin: t("safety.choose.failed") };
    } finally {
      setBusy(false);
    }
  };
  const form = useNewPin(save);
  return (
    <Page title={t("safety.choose.title")} failed={Object.keys(form.errors).length > 0}>
      <ErrorSummary errors={form.errors} />
      <p>{t("safety.choose.why")}</p>
      <p>{t("safety.choose.when")}</p>
      <Form onSubmit={() => void form.submit()} label={t("safety.choose.title")}>
        {form.fields}
        <Button type="submit">{busy ? t("safety.choose.saving") : t("safety.choose.save")}</Button>
      </Form>
      <p class="kith-quiet">{t("safety.choose.forget")}</p>
    </Page>
  );
}

/** A new PIN typed twice; `save` gets it once it will do, and says what is wrong after all. */
export function useNewPin(save: (pin: string) => Promise<Errors>) {
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const { isShown, toggle } = useShown();
  const busy = useRef(false);
  const submit = async (): Promise<void> => {
    // A second tap would count as a second try of the old PIN.
    if (busy.current) return;
    busy.current = true;
    await judge().finally(() => void (busy.current = false));
  };
  const judge = async (): Promise<void> => {
    const fault = faultOf(pin, again);
    const field = fault === "different" ? "again" : "pin";
    setErrors(fault ? { [field]: t(`safety.fault.${fault}`) } : await save(pin));
  };
  const fields = (
    <>
      <PinField
        id="pin" label={t("safety.choose.label")} hint={t("safety.choose.hint")} value={pin} onChange={setPin} error={errors["pin"]} isShown={isShown}
      />
      <PinField id="again" label={t("safety.choose.again")} value={again} onChange={setAgain} error={errors["again"]} isShown={isShown} />
      {toggle}
    </>
  );
  const clear = (): void => {
    setPin("");
    setAgain("");
  };
  return { submit, fields, errors, isShown, clear };
}
