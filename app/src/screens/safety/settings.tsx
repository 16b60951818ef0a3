/** The PIN and the lock, for whoever is inside: lock now, lock by itself, another PIN. */

import { useEffect, useState } from "preact/hooks";
import { at } from "../../router.ts";
import { useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, Radios } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { DEFAULT_MINUTES, LOCK_AFTER, MINUTES } from "../../vault/idle.ts";
import { t } from "../../words/t.ts";
import { useNewPin } from "./choose-pin.tsx";
import { PinField } from "./pin-field.tsx";

export default function Safety() {
  const { lock } = useReach();
  const change = useChange();
  return (
    <Page title={t("safety.settings.title")} back={at("more")} backText={t("account.more")} failed={Object.keys(change.errors).length > 0}>
      <ErrorSummary errors={change.errors} />
      <Button onClick={() => void lock()}>{t("safety.settings.now")}</Button>
      <LockAfter />
      <h2 class="nhsuk-heading-m">{t("safety.settings.change")}</h2>
      <Form key={change.times} onSubmit={() => void change.submit()} label={t("safety.settings.change")}>
        {change.before}
        {change.fields}
        <Button type="submit">{t("safety.settings.change")}</Button>
      </Form>
    </Page>
  );
}

function LockAfter() {
  const { kith, say, lockAfter } = useReach();
  const [minutes, setMinutes] = useState<number>(DEFAULT_MINUTES);
  useEffect(() => void kith.database.get("settings", LOCK_AFTER).then((kept) => setMinutes(Number(kept?.value ?? DEFAULT_MINUTES))), []);
  const choose = async (value: string): Promise<void> => {
    setMinutes(Number(value));
    await kith.database.put("settings", { name: LOCK_AFTER, value: Number(value) });
    lockAfter(Number(value));
    say(t("safety.settings.saved"));
  };
  const options = MINUTES.map((count) => ({ value: String(count), label: t("safety.settings.minutes", { count }) }));
  return (
    <Radios
      id="lock-after" label={t("safety.settings.after")} hint={t("safety.settings.afterHint")} options={options} value={String(minutes)}
      onChange={(value) => void choose(value)}
    />
  );
}

/** Another PIN; a wrong old one counts as any wrong PIN does. */
function useChange() {
  const { kith, say } = useReach();
  const [old, setOld] = useState("");
  const [times, setTimes] = useState(0);
  const save = async (pin: string): Promise<Errors> => {
    if (pin === old) return { pin: t("safety.fault.same") };
    const tried = await kith.vault.change(old, pin, kith.store);
    if (tried.is === "wrong") return { "pin-before": t("safety.lock.wrong", { count: tried.left }) };
    if (tried.is === "wait") return { "pin-before": t("safety.lock.wait", { count: Math.ceil(tried.wait_ms / 1000) }) };
    if (tried.is === "full") return { "pin-before": t("safety.lock.full") };
    if (tried.is === "erased") location.reload();
    setOld("");
    setTimes(times + 1);
    form.clear();
    say(t("safety.settings.changed"));
    return {};
  };
  const form = useNewPin(save);
  const before = <PinField id="pin-before" label={t("safety.settings.before")} value={old} onChange={setOld} error={form.errors["pin-before"]} isShown={form.isShown} />;
  return { ...form, before, times };
}
