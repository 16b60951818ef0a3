/** New referral: one question a page, saved on the phone as it is typed, and taken up again where it was left. */

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Item } from "../../data/live.ts";
import { startReferral, startReferralFor } from "../../data/referral-start.ts";
import { dateFrom } from "../../logic/birth.ts";
import { alike, type Likeness } from "../../logic/likeness.ts";
import { answersFrom } from "../../logic/referral-made.ts";
import { after, type Answers, before, firstUnanswered, isStep, type Known, namesOf, type Step, wrongWith } from "../../logic/wizard.ts";
import { at, go, goInstead } from "../../router.ts";
import { useList, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { typeAhead } from "../../ui/type-ahead.ts";
import { titleOf } from "../../words/steps.ts";
import { t } from "../../words/t.ts";
import { type Cursor, useAnswers } from "./use-answers.ts";
import { Check } from "./wizard-check.tsx";
import { Question } from "./wizard-questions.tsx";

/** Begin: an id for the draft, then its first page. Nothing is kept until something is answered. */
export default function NewReferral({ personId }: { readonly personId: string | null }) {
  const { kith } = useReach();
  useEffect(() => {
    void (personId === null ? startReferral(kith) : startReferralFor(kith, personId)).then(goInstead);
  }, []);
  return null;
}

export function Wizard({ id, step }: { readonly id: string; readonly step: string }) {
  const now: Step = isStep(step) ? step : "name";
  const { answers, latest, cursor, set, flush, forget } = useAnswers(id, now);
  const people = useList("person");
  const consents = useList("consent");
  const [errors, setErrors] = useState<Errors>({});
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => setErrors({}), [now]);
  useGoOnByKey(form);
  useFirstField(form, now, cursor, answers !== undefined);
  const likenesses = useLikenesses(answers, people, now);
  if (!answers) return null;

  const knownOf = (given: Answers, like: readonly Likeness[]): Known => ({
    hasAlike: like.length > 0, hasConsent: consents.some((one) => one.doc.person_id === given.person_id && one.doc.keep_record),
  });
  const known = knownOf(answers, likenesses);
  const isChange = new URLSearchParams(location.hash.split("?")[1]).has("change");
  const place = (to: Step, change = false): string => `${at("referrals", "draft", id, to)}${change ? "?change" : ""}`;
  const previous = isChange ? "check" : before(now, answers, known);

  const next = (): void => {
    const given = latest();
    const wrong = wrongWith(now, given);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    const same = now === "alike" ? people.find((one) => one.id === given.alike) : undefined;
    if (same) set(answersFrom(same.id, same.doc));
    const then = latest();
    const asked = knownOf(then, likenessesOf(then, people));
    const to = isChange ? firstUnanswered(then, asked) : after(now, then, asked);
    void flush().then(() => go(place(to)));
  };

  return (
    <Page
      title={titleOf(now)} caption={t("referral.caption")} back={previous ? place(previous) : at()} backText={t(previous ? "common.back" : "home.tab")}
      failed={Object.keys(errors).length > 0} leavesFocus={takesFocus(now)}
    >
      <ErrorSummary errors={errors} />
      <div ref={form} onKeyDown={typeAhead}>
        {now === "check" ? (
          <Check id={id} answers={answers} known={known} place={place} forget={forget} />
        ) : (
          <Form onSubmit={next}>
            <Question step={now} answers={answers} set={set} errors={errors} people={people} likenesses={likenesses} />
            <Button type="submit">{t("referral.continue")}</Button>
          </Form>
        )}
      </div>
      <p class="kith-quiet">{t("referral.saved")}</p>
      <p class="kith-quiet kith-keys">{t("referral.keys")}</p>
    </Page>
  );
}

/** Who may be the same, once a name and a date of birth have been given. */
function useLikenesses(answers: Answers | undefined, people: readonly Item<"person">[], now: Step): readonly Likeness[] {
  const isTyping = now === "name" || now === "birth";
  return useMemo(
    () => (answers && !isTyping ? likenessesOf(answers, people) : []),
    [people, isTyping, answers?.person_id, answers?.name, answers?.given_name, answers?.family_name, answers?.birth],
  );
}

function likenessesOf(answers: Answers, people: readonly Item<"person">[]): readonly Likeness[] {
  if (answers.person_id) return [];
  return alike({ ...namesOf(answers), birth_on: dateFrom(answers.birth) }, people.map(({ id, doc: { given_name, family_name, birth_on } }) => ({ id, given_name, family_name, birth_on })));
}

/** Ctrl and Enter go on from anywhere, also from a text in which Enter begins a line, and from the end. */
function useGoOnByKey(form: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const goOn = (event: KeyboardEvent): void => {
      if (event.key !== "Enter" || (!event.ctrlKey && !event.metaKey)) return;
      event.preventDefault();
      form.current?.querySelector<HTMLButtonElement>("form button[type=submit], button[data-goes-on]")?.click();
    };
    document.addEventListener("keydown", goOn);
    return () => document.removeEventListener("keydown", goOn);
  }, []);
}

/** Who looks over the answers, or signs, begins at the top of the page. */
function takesFocus(step: Step): boolean {
  return step !== "check" && step !== "signature";
}

/** The page's one question has the focus, and the cursor is where it was: what is typed is the answer. */
function useFirstField(form: { readonly current: HTMLElement | null }, now: Step, cursor: Cursor | null, isReady: boolean): void {
  useLayoutEffect(() => {
    if (!isReady || !takesFocus(now)) return;
    const held = form.current;
    const again = cursor && held?.querySelector<HTMLInputElement>(`#${CSS.escape(cursor.field)}`);
    const first = held?.querySelector<HTMLInputElement>("form input, form textarea");
    const chosen = first?.type === "radio" ? held?.querySelector<HTMLInputElement>(`input[name="${first.name}"]:checked`) : null;
    const field = again || chosen || first;
    if (!field) return;
    field.focus();
    if (again && "setSelectionRange" in again && again.type !== "radio" && again.type !== "checkbox") again.setSelectionRange(cursor.at, cursor.at);
  }, [now, isReady]);
}
