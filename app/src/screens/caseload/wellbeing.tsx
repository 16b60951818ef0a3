/** How somebody's wellbeing went: in words first, then as a small line, and every answer in a table. */

import { nameOf } from "../../data/caseload.ts";
import { type Course, coursesOf, lineOf } from "../../logic/measures.ts";
import { at } from "../../router.ts";
import { useList, useOne } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { ButtonLink, Details } from "../../ui/parts.tsx";
import { Empty, Gone } from "../../ui/standing.tsx";
import { dateWords } from "../../words/dates.ts";
import { type Key, t } from "../../words/t.ts";

export function Wellbeing({ personId }: { readonly personId: string }) {
  const person = useOne("person", personId);
  const measures = useList("measure").filter((one) => one.doc.person_id === personId);
  if (person === undefined) return null;
  if (person === null) return <Gone kind="person" back={at("people")} />;
  const courses = coursesOf(measures.map(({ doc }) => doc));
  return (
    <Page title={t("caseload.wellbeing.title")} caption={nameOf(person)} back={at("people", personId)} backText={nameOf(person)}>
      {courses.length === 0 && <Empty text={t("caseload.wellbeing.none")} />}
      {courses.map((course) => <Shown key={course.scale.question} course={course} />)}
      {measures.some(({ pending }) => pending) && <p class="kith-quiet">{t("caseload.notSentYet")}</p>}
      <ButtonLink href={at("people", personId, "measure")}>{t("caseload.wellbeing.ask")}</ButtonLink>
    </Page>
  );
}

/** "Better by 3 since 4 May": the change of one question. */
export function changeText({ scale, points, change, by }: Course): string {
  const value = answerText(scale.question, points.at(-1)?.value ?? 0, scale.most);
  return t(`caseload.wellbeing.${change}`, { value, count: by, day: dateWords(points[0]?.on ?? "") });
}

function answerText(question: string, value: number, most: number): string {
  return question === "lonely" ? t(`caseload.measure.lonely.${value}` as Key) : t("caseload.wellbeing.of", { value, most });
}

const [WIDTH, HEIGHT, EDGE] = [300, 80, 10];

function Shown({ course }: { readonly course: Course }) {
  const { scale, points } = course;
  const line = lineOf(course, WIDTH, HEIGHT);
  const name = t(`caseload.measure.short.${scale.question}`);
  return (
    <section class="kith-card">
      <h2 class="nhsuk-heading-s">{name}</h2>
      <p>{changeText(course)}</p>
      {points.length > 1 && (
        <svg class="kith-course" viewBox={`${-EDGE} ${-EDGE} ${WIDTH + 2 * EDGE} ${HEIGHT + 2 * EDGE}`} aria-hidden="true" focusable="false">
          <path class="kith-course__base" d={`M0 ${HEIGHT}H${WIDTH}M0 0H${WIDTH}`} />
          <path class="kith-course__line" d={`M${line.map(([x, y]) => `${x} ${y}`).join("L")}`} />
          {line.map(([x, y], n) => <circle key={n} class="kith-course__point" cx={x} cy={y} r="5" />)}
        </svg>
      )}
      {points.length > 1 && (
        <Details summary={t("caseload.wellbeing.all", { count: points.length })}>
          <ul class="nhsuk-list">
            {points.toReversed().map(({ on, value }, n) => <li key={n}>{`${dateWords(on)}: ${answerText(scale.question, value, scale.most)}`}</li>)}
          </ul>
        </Details>
      )}
    </section>
  );
}
