/** A session: where and for how long, who was there, what they spoke of; a new one goes straight on to counting. */

import { useState } from "preact/hooks";
import type { SessionLogDoc } from "@generated/contract.ts";
import { startReferral } from "../../data/referral-start.ts";
import type { Item } from "../../data/live.ts";
import { create, patch } from "../../data/write.ts";
import { namesIn } from "../../logic/names.ts";
import { isWhole } from "../../logic/numbers.ts";
import { at, go } from "../../router.ts";
import { today, useAccount, useOne, useOnce, useReach } from "../../ui/context.ts";
import { Checkboxes, type Errors, ErrorSummary, Form, TextArea, TextField } from "../../ui/fields.tsx";
import { useOpened } from "../../ui/opened.ts";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";
import { THEMES } from "../fieldwork/survey-spoke.tsx";

export function SessionAbout({ id }: { readonly id: string | null }) {
  const session = useOne("session_log", id ?? "");
  if (id === null) return <Editor session={null} />;
  if (session === undefined) return null;
  return session === null ? <Gone kind="session_log" back={at("sessions")} /> : <Editor session={session} />;
}

interface Typed {
  readonly place: string;
  readonly minutes: string;
  readonly workers: string;
  readonly themes: readonly string[];
  readonly said: string;
  readonly onward: string;
}

function typedOf(doc: SessionLogDoc | undefined, name: string): Typed {
  return {
    place: doc?.place ?? "", minutes: doc?.minutes ? String(doc.minutes) : "", workers: doc ? doc.workers.join(", ") : name,
    themes: doc?.themes ?? [], said: doc?.said ?? "", onward: String(doc?.onward ?? 0),
  };
}

function wrongIn(typed: Typed): Errors {
  return {
    ...(typed.place.trim() ? {} : { place: t("sessions.noPlace") }),
    ...(typed.minutes.trim() === "" || isWhole(typed.minutes, 1, 1440) ? {} : { minutes: t("sessions.noMinutes") }),
    ...(isWhole(typed.onward, 0, 100) ? {} : { onward: t("sessions.noOnward") }),
  };
}

function fieldsOf(typed: Typed) {
  return {
    place: typed.place.trim(), minutes: typed.minutes.trim() ? Number(typed.minutes) : null,
    workers: namesIn(typed.workers),
    themes: typed.themes as SessionLogDoc["themes"], said: typed.said.trim() || null, onward: Number(typed.onward),
  };
}

function Editor({ session }: { readonly session: Item<"session_log"> | null }) {
  const reach = useReach();
  const account = useAccount();
  const seen = useOpened(session);
  const [typed, setTyped] = useState<Typed>(() => typedOf(session?.doc, account.name));
  const [errors, setErrors] = useState<Errors>({});
  const once = useOnce();
  const set = (change: Partial<Typed>): void => setTyped((before) => ({ ...before, ...change }));
  const save = async (): Promise<boolean> => {
    const wrong = wrongIn(typed);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return false;
    if (session) {
      reach.say(t("sessions.saved"), await patch(reach, "session_log", session.id, fieldsOf(typed), seen));
      go(at("sessions", session.id));
    } else {
      const [team_id = ""] = account.team_ids;
      const { place, minutes, workers } = fieldsOf(typed);
      go(at("sessions", await create(reach, "session_log", { team_id, held_on: today(), place, minutes, workers })));
    }
    return true;
  };
  const back = session ? at("sessions", session.id) : at("sessions");
  return (
    <Page title={t(session ? "sessions.about" : "sessions.new")} caption={session?.doc.place} back={back} failed={Object.keys(errors).length > 0}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={() => once(save)} seen={seen}>
        <TextField id="place" label={t("sessions.place")} hint={t("sessions.placeHint")} maxLength={120} value={typed.place} onChange={(place) => set({ place })} error={errors["place"]} />
        <TextField id="minutes" label={t("sessions.minutes")} hint={t("sessions.minutesHint")} inputMode="numeric" width={4} maxLength={4} value={typed.minutes} onChange={(minutes) => set({ minutes })} error={errors["minutes"]} />
        <TextField id="workers" label={t("sessions.workers")} hint={t("sessions.workersHint")} value={typed.workers} onChange={(workers) => set({ workers })} />
        {session && (
          <>
            <TextField id="onward" label={t("sessions.onward")} hint={t("sessions.onwardHint")} inputMode="numeric" width={4} maxLength={3} value={typed.onward} onChange={(onward) => set({ onward })} error={errors["onward"]} />
            <TextArea id="said" label={t("fieldwork.survey.spoke.said")} hint={t("fieldwork.survey.spoke.saidHint")} rows={3} value={typed.said} onChange={(said) => set({ said })} />
            <div class="kith-answers"><Checkboxes id="themes" label={t("fieldwork.survey.spoke.themes")} options={THEMES()} values={typed.themes} onChange={(themes) => set({ themes })} /></div>
          </>
        )}
        <div class="kith-big"><Button type="submit">{t(session ? "sessions.save" : "sessions.begin")}</Button></div>
      </Form>
      {session && <Refer />}
    </Page>
  );
}

/** Somebody met here wants help: nothing but how they came to us goes along. */
function Refer() {
  const { kith } = useReach();
  const once = useOnce();
  const refer = async (): Promise<void> => {
    go(await startReferral(kith, { source: "session" }));
  };
  return <div class="kith-big"><Button look="secondary" onClick={() => once(refer)}>{t("sessions.refer")}</Button></div>;
}
