/** The survey at a door: one question a page, kept on the phone with every answer, taken up again where it was left. */

import { useEffect, useRef, useState } from "preact/hooks";
import { questionsOf } from "@contract/rules/index.ts";
import { saveDraft } from "../../data/kith.ts";
import type { Item } from "../../data/live.ts";
import { surveyDraft, useDraftOnce } from "../../data/fieldwork.ts";
import { AGREE, type Answers, cleaned, isEmpty, pageAfter, pageBefore, pagesOf, SPOKE, wrongWith } from "../../logic/survey.ts";
import { go, goInstead } from "../../router.ts";
import { useOne, useReach } from "../../ui/context.ts";
import { type Errors, ErrorSummary, Form } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { useOwnDraft } from "../../vault/unsaved.ts";
import { t } from "../../words/t.ts";
import { Agree } from "./survey-agree.tsx";
import { Ask, type SurveyQuestion } from "./survey-question.tsx";
import { Spoke } from "./survey-spoke.tsx";
import { Stop } from "./survey-stop.tsx";
import { toDoor, toRounds, toSurvey } from "./places.ts";
import { type AtDoor, useDoor } from "./use-door.ts";

const STOP = "stop";

/** What is kept of a survey until it is saved. */
export interface Heard {
  readonly survey_id: string;
  readonly answers: Answers;
  readonly themes: readonly string[];
  readonly said: string;
  /** How many of them want to be referred; the visit says no more than that. */
  readonly onward: number;
  /** The last question that was shown. */
  readonly page: string;
}

export function Survey({ id, page }: { readonly id: string; readonly page: string | null }) {
  const seen = useDoor(id);
  useOwnDraft();
  const draft = useDraftOnce(surveyDraft(id));
  const kept = draft?.values as Partial<Heard> | undefined;
  // What was begun with one version of a survey ends with it.
  const survey = useOne("survey", kept?.survey_id ?? seen?.round.doc.survey_id ?? "");
  if (seen === undefined || draft === undefined || survey === undefined) return null;
  if (seen === null || survey === null) return <Gone kind="survey" back={toRounds()} />;
  const start: Heard = { answers: {}, themes: [], said: "", onward: 0, page: AGREE, ...kept, survey_id: survey.id };
  return <Asking seen={seen} survey={survey} start={start} page={page ?? AGREE} />;
}

interface AskingProps {
  readonly seen: AtDoor;
  readonly survey: Item<"survey">;
  readonly start: Heard;
  readonly page: string;
}

const SAVE_AFTER_MS = 300;

/** What was heard so far, saved as it changes and whenever the page is left. */
function useHeard(doorId: string, start: Heard) {
  const { kith } = useReach();
  const [heard, setHeard] = useState(start);
  const newest = useRef(start);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const unsaved = useRef(false);
  const flush = async (): Promise<void> => {
    clearTimeout(timer.current);
    if (!unsaved.current) return;
    unsaved.current = false;
    await saveDraft(kith, { id: surveyDraft(doorId), step: newest.current.page, values: { ...newest.current } });
  };
  const set = (change: Partial<Heard>): void => {
    newest.current = { ...newest.current, ...change };
    unsaved.current = true;
    setHeard(newest.current);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), SAVE_AFTER_MS);
  };
  const forget = (): void => {
    clearTimeout(timer.current);
    unsaved.current = false;
  };
  useEffect(() => {
    const hidden = (): void => void flush();
    document.addEventListener("visibilitychange", hidden);
    return () => {
      document.removeEventListener("visibilitychange", hidden);
      void flush();
    };
  }, []);
  return { heard, set, flush, forget };
}

function Asking({ seen, survey, start, page }: AskingProps) {
  const { door, round } = seen;
  const { heard, set, flush, forget } = useHeard(door.id, start);
  const [errors, setErrors] = useState<Errors>({});
  const questions = questionsOf(survey.doc as never);
  const pages = pagesOf(questions, heard.answers);
  const isKnown = page === STOP || pages.includes(page);
  useEffect(() => {
    setErrors({});
    if (!isKnown) goInstead(toSurvey(door.id, AGREE));
    else if (page !== AGREE && page !== STOP) set({ page });
  }, [page, isKnown]);
  if (!isKnown) return null;
  const to = (next: string): void => void flush().then(() => go(toSurvey(door.id, next)));
  const shared = { seen, heard, set, forget, questions };
  const caption = t("fieldwork.door", { number: door.number });
  const back = pageBefore(page, questions, heard.answers);
  const backTo = page === STOP ? toSurvey(door.id, heard.page) : back ? toSurvey(door.id, back) : toDoor(door.id);
  if (page === AGREE) {
    return <Page title={t("fieldwork.survey.agree.title")} caption={caption} back={backTo}><Agree {...shared} onYes={() => to(pages[1] ?? SPOKE)} /></Page>;
  }
  if (page === STOP) return <Page title={t("fieldwork.survey.stopTitle")} caption={caption} back={backTo}><Stop {...shared} /></Page>;
  if (page === SPOKE) return <Page title={t("fieldwork.survey.spoke.title")} caption={caption} back={backTo}><Spoke {...shared} /></Page>;
  const question = (survey.doc.questions as unknown as readonly SurveyQuestion[]).find(({ code }) => `q:${code}` === page);
  if (!question) return null;
  const answer = heard.answers[question.code];
  const next = (): void => {
    const wrong = wrongWith(question, answer);
    setErrors(wrong ? { [question.code]: t(`fieldwork.survey.wrong.${wrong}`, { low: question.low, high: question.high }) } : {});
    if (!wrong) to(pageAfter(page, questions, cleaned(questions, heard.answers)));
  };
  const change = (value: unknown): void => set({ answers: { ...heard.answers, [question.code]: value } });
  return (
    <Page title={question.text} caption={t("fieldwork.survey.step", { n: pages.indexOf(page), all: pages.length - 2 })} back={backTo} failed={Object.keys(errors).length > 0} key={page}>
      <ErrorSummary errors={errors} />
      <Form onSubmit={next}>
        <Ask question={question} answer={answer} onChange={change} error={errors[question.code]} />
        <div class="kith-big">
          <Button type="submit">{t(question.required || !isEmpty(answer) ? "fieldwork.survey.continue" : "fieldwork.survey.skip")}</Button>
        </div>
      </Form>
      <p><a class="kith-more" href={toSurvey(door.id, STOP)}>{t("fieldwork.survey.stopHere")}</a></p>
      <p class="kith-quiet">{t("fieldwork.survey.saving")} {caption}, {round.doc.name}.</p>
    </Page>
  );
}

export interface PageProps {
  readonly seen: AtDoor;
  readonly heard: Heard;
  readonly set: (change: Partial<Heard>) => void;
  readonly forget: () => void;
  readonly questions: ReturnType<typeof questionsOf>;
}

