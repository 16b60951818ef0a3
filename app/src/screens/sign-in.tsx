/** Sign in and enrol this phone. Work that waits on the phone stays, whoever asks. */

import { useState } from "preact/hooks";
import { at, go } from "../router.ts";
import { draftsOfAnother } from "../logic/leaving.ts";
import { useReach, useStatus } from "../ui/context.ts";
import { ErrorSummary, type Errors, Form, TextField } from "../ui/fields.tsx";
import { Page } from "../ui/page.tsx";
import { Button, Notice } from "../ui/parts.tsx";
import { whyNot } from "../words/problems.ts";

export function SignIn() {
  const { kith, engine } = useReach();
  const status = useStatus();
  const [username, setUsername] = useState(status?.account?.username ?? "");
  const [password, setPassword] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);

  const submit = async (): Promise<void> => {
    const missing: { [field: string]: string } = {};
    if (!username.trim()) missing["username"] = "Enter your username";
    if (!password) missing["password"] = "Enter your password";
    setErrors(missing);
    if (Object.keys(missing).length > 0 || busy) return;
    setBusy(true);
    try {
      // Another account's sign-in clears the phone, drafts and all, so it is refused before it is asked for.
      const refused = draftsOfAnother(await kith.database.drafts.count(), status?.account?.username ?? null, username);
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
    <Page title="Sign in" failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      {status?.state === "wiped" && <Wiped />}
      {status?.state !== "wiped" && status?.account && (
        <Notice>
          <p>Your work is safe on this phone. Sign in to send it.</p>
        </Notice>
      )}
      <Form onSubmit={() => void submit()} label="Sign in">
        <TextField
          id="username" label="Username" value={username} onChange={setUsername} error={errors["username"]} autocomplete="username"
        />
        <TextField
          id="password" label="Password" type="password" value={password} onChange={setPassword} error={errors["password"]}
          autocomplete="current-password" maxLength={1024}
        />
        <Button type="submit">{busy ? "Signing in…" : "Sign in"}</Button>
      </Form>
      <p class="kith-quiet">You need a signal to sign in the first time. After that Kith works without one.</p>
    </Page>
  );
}

function Wiped() {
  return (
    <Notice attention>
      <h2 class="nhsuk-heading-s">Kith has cleared this phone</h2>
      <p>
        Someone took this phone off the list of phones that may hold records, perhaps because it was lost. Everything Kith kept here
        has been deleted to keep people's details safe. If this is a mistake, sign in again, or ask whoever looks after Kith for you.
      </p>
    </Notice>
  );
}
