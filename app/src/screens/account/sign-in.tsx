/** Sign in and enrol this phone. Work that waits on the phone stays, whoever asks. */

import { useState } from "preact/hooks";
import { at, go } from "../../router.ts";
import { draftsOfAnother } from "../../logic/leaving.ts";
import { useReach, useStatus } from "../../ui/context.ts";
import { ErrorSummary, type Errors, Form, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, Notice } from "../../ui/parts.tsx";
import { whyNot } from "../../words/problems.ts";
import { t } from "../../words/t.ts";
import { Cleared } from "../safety/cleared.tsx";
import { Languages } from "./languages.tsx";

export function SignIn() {
  const { kith, engine } = useReach();
  const status = useStatus();
  const [username, setUsername] = useState(status?.account?.username ?? "");
  const [password, setPassword] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);

  const submit = async (): Promise<void> => {
    const missing: { [field: string]: string } = {};
    if (!username.trim()) missing["username"] = t("account.signIn.noUsername");
    if (!password) missing["password"] = t("account.signIn.noPassword");
    setErrors(missing);
    if (Object.keys(missing).length > 0 || busy) return;
    setBusy(true);
    try {
      // Another account's sign-in clears the phone, drafts and all, so it is refused before it is asked for.
      const refused = draftsOfAnother(await kith.drafts.count(), status?.account?.username ?? null, username);
      if (refused !== null) return setErrors({ username: refused });
      await kith.client.signIn(username.trim(), password);
      kith.live.changed(null);
      void navigator.storage?.persist?.();
      go(at());
      void engine.now();
    } catch (error) {
      setErrors({ username: whyNot(error) });
    } finally {
      setBusy(false);
    }
  };

  return (
    <Page title={t("account.signIn.title")} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      {status?.state === "wiped" && <Wiped />}
      <Cleared />
      {status?.state !== "wiped" && status?.account && (
        <Notice>
          <p>{t("account.signIn.toSend")}</p>
        </Notice>
      )}
      <Form onSubmit={() => void submit()} label={t("account.signIn.title")}>
        <TextField
          id="username" label={t("account.signIn.username")} value={username} onChange={setUsername} error={errors["username"]} autocomplete="username"
        />
        <TextField
          id="password" label={t("account.signIn.password")} type="password" value={password} onChange={setPassword} error={errors["password"]}
          autocomplete="current-password" maxLength={1024}
        />
        <Button type="submit">{t(busy ? "account.signIn.busy" : "account.signIn.title")}</Button>
      </Form>
      <p class="kith-quiet">{t("account.signIn.signal")}</p>
      <Languages />
    </Page>
  );
}

function Wiped() {
  return (
    <Notice attention>
      <h2 class="nhsuk-heading-s">{t("account.wiped.title")}</h2>
      <p>{t("account.wiped.text")}</p>
    </Notice>
  );
}
