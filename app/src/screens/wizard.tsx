/** New referral: one question a page, saved on the phone as it is typed, and taken up again where it was left. */

import { useEffect, useRef, useState } from "preact/hooks";
import { at, go, goInstead } from "../router.ts";
import { deleteDraft, saveDraft } from "../data/kith.ts";
import type { Item } from "../data/live.ts";
import { alike } from "../logic/likeness.ts";
import { after, answersFrom, type Answers, before, birthOf, firstUnanswered, type Known, START, type Step, wrongWith } from "../logic/wizard.ts";
import { useList, useReach } from "../ui/context.ts";
import { type Errors, ErrorSummary, Form } from "../ui/fields.tsx";
import { Page } from "../ui/page.tsx";
import { Button } from "../ui/parts.tsx";
import { TITLES } from "../words/steps.ts";
import { Check } from "./wizard-check.tsx";
import { Question } from "./wizard-questions.tsx";

/** Begin: an id for the draft, then its first page. Nothing is kept until something is answered. */
export default function NewReferral({ personId }: { readonly personId: string | null }) {
  const { kith } = useReach();
  useEffect(() => {
    const id = crypto.randomUUID();
    void (async () => {
      if (personId !== null) {
        const person = (await kith.client.read("person", personId))?.doc;
        if (person) await saveDraft(kith, { id, step: "needs", values: { ...START, ...answersFrom(personId, person) } });
      }
      goInstead(at("referrals", "draft", id, personId === null ? "who" : "needs"));
    })();
  }, []);
  return null;
}

const SAVE_AFTER_MS = 300;

/** The draft's answers, read once and saved as they change. */
function useAnswers(id: string, step: Step) {
  const { kith } = useReach();
  const [answers, setAnswers] = useState<Answers | undefined>(undefined);
  const unsaved = useRef<Answers | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const flush = async (): Promise<void> => {
    clearTimeout(timer.current);
    const values = unsaved.current;
    unsaved.current = null;
    if (values) await saveDraft(kith, { id, step, values: { ...values } });
  };
  useEffect(() => {
    void kith.database.drafts.get(id).then((draft) => {
      // Back to a question of a draft that was saved or thrown away: there is nothing to ask any more.
      if (draft === undefined && step !== "who") goInstead(at());
      else setAnswers({ ...START, ...(draft?.values as Partial<Answers> | undefined) });
    });
  }, [id]);
  useEffect(() => {
    const hidden = (): void => void flush();
    document.addEventListener("visibilitychange", hidden);
    return () => {
      document.removeEventListener("visibilitychange", hidden);
      void flush();
    };
  }, [id, step]);
  const set = (change: Partial<Answers>): void => {
    const next = { ...(unsaved.current ?? answers ?? START), ...change };
    unsaved.current = next;
    setAnswers(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), SAVE_AFTER_MS);
  };
  const forget = async (): Promise<void> => {
    clearTimeout(timer.current);
    unsaved.current = null;
    await deleteDraft(kith, id);
  };
  return { answers, set, flush, forget };
}

export function Wizard({ id, step }: { readonly id: string; readonly step: string }) {
  const now = (step in TITLES ? step : "who") as Step;
  const { answers, set, flush, forget } = useAnswers(id, now);
  const people = useList("person");
  const consents = useList("consent");
  const [errors, setErrors] = useState<Errors>({});
  useEffect(() => setErrors({}), [now]);
  if (!answers) return null;

  const likenesses = answers.who === "new" ? alike({ ...answers, birth_on: birthOf(answers) }, people.map(namedOf)) : [];
  const known: Known = { hasAlike: likenesses.length > 0, hasConsent: consents.some((one) => one.doc.person_id === answers.person_id && one.doc.keep_record) };
  const isChange = new URLSearchParams(location.hash.split("?")[1]).has("change");
  const place = (to: Step, change = false): string => `${at("referrals", "draft", id, to)}${change ? "?change" : ""}`;
  const previous = isChange ? "check" : before(now, answers, known);

  const next = (): void => {
    const wrong = wrongWith(now, answers);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    const chosen = now === "alike" && answers.alike !== "new" ? people.find((one) => one.id === answers.alike) : undefined;
    const filled = chosen ? { ...answers, ...answersFrom(chosen.id, chosen.doc) } : answers;
    if (chosen) set(filled);
    const to = isChange ? firstUnanswered(filled, known) : after(now, filled, known);
    void flush().then(() => go(place(to)));
  };

  const shared = { answers, set, errors };
  return (
    <Page
      title={TITLES[now]} caption="New referral" back={previous ? place(previous) : at()} backText={previous ? "Back" : "Home"}
      failed={Object.keys(errors).length > 0}
    >
      <ErrorSummary errors={errors} />
      {now === "check" ? (
        <Check id={id} answers={answers} known={known} place={place} forget={forget} />
      ) : (
        <Form onSubmit={next}>
          <Question step={now} {...shared} people={people} likenesses={likenesses} />
          <Button type="submit">Continue</Button>
        </Form>
      )}
      <p class="kith-quiet">Your answers are saved on this phone as you go. You can leave and come back.</p>
    </Page>
  );
}

function namedOf(person: Item<"person">) {
  return { id: person.id, given_name: person.doc.given_name, family_name: person.doc.family_name, birth_on: person.doc.birth_on };
}
