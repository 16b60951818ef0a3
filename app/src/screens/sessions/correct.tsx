/** Put a count right by its number, when the list on paper says another. What is sent is the difference, so a colleague's count stays. */

import { useState } from "preact/hooks";
import type { SessionLogDoc } from "@generated/contract.ts";
import type { Item } from "../../data/live.ts";
import { patch } from "../../data/write.ts";
import { AGES, countsOf } from "../../logic/ages.ts";
import { MOST } from "../../logic/tally.ts";
import { at, go } from "../../router.ts";
import { useOne, useOnce, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";

export function Correct({ id }: { readonly id: string }) {
  const session = useOne("session_log", id);
  if (session === undefined) return null;
  return session === null ? <Gone kind="session_log" back={at("sessions")} /> : <Editor session={session} />;
}

function Editor({ session }: { readonly session: Item<"session_log"> }) {
  const reach = useReach();
  const [typed, setTyped] = useState<Record<string, string>>(() => Object.fromEntries(Object.entries(countsOf(session.doc)).map(([age, n]) => [age, String(n)])));
  const [start] = useState(() => countsOf(session.doc));
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const save = async (): Promise<boolean> => {
    const wrong = AGES.filter((age) => !/^\d{1,4}$/.test((typed[age] ?? "").trim()) || Number(typed[age]) > MOST);
    setErrors(Object.fromEntries(wrong.map((age) => [age, t("sessions.wrong")])));
    if (wrong.length > 0) return false;
    // A colleague's taps may have come since the page opened: only what was changed here is put on top.
    const changed = AGES.filter((age) => Number(typed[age]) !== start[age]);
    const now = countsOf(session.doc);
    const set = Object.fromEntries(changed.map((age) => [age, Math.max(0, (now[age] ?? 0) + Number(typed[age]) - (start[age] ?? 0))]));
    const mids = await patch(reach, "session_log", session.id, set as Partial<SessionLogDoc>);
    reach.say(t("sessions.corrected"), mids);
    go(at("sessions", session.id));
    return true;
  };
  return (
    <Page title={t("sessions.correct")} caption={session.doc.place} back={at("sessions", session.id)} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)}>
        {AGES.map((age) => (
          <TextField key={age} id={age} label={t(`sessions.age.${age}`)} inputMode="numeric" width={4} maxLength={4} value={typed[age] ?? ""} onChange={(text) => setTyped({ ...typed, [age]: text })} error={errors[age]} />
        ))}
        <div class="kith-big"><Button type="submit">{t("sessions.save")}</Button></div>
      </Form>
    </Page>
  );
}
