/** Who is referred: the name as it is typed, and beneath it whom this phone knows by such a name. */

import { useMemo } from "preact/hooks";
import { found, indexPeople, nameOf } from "../../data/caseload.ts";
import type { Item } from "../../data/live.ts";
import { answersFrom } from "../../logic/referral-made.ts";
import { isPutRight, namesOf, START } from "../../logic/wizard.ts";
import { TextField } from "../../ui/fields.tsx";
import { LinkButton, Notice } from "../../ui/parts.tsx";
import { dateWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";
import type { QuestionProps } from "./wizard-questions.tsx";

const MOST_FOUND = 4;
/** One letter would find half a caseload. */
const LEAST_TYPED = 2;

export function Name({ answers, set, errors, people }: QuestionProps & { readonly people: readonly Item<"person">[] }) {
  const chosen = answers.person_id ? people.find((one) => one.id === answers.person_id) : undefined;
  if (chosen) return <Chosen name={nameOf(chosen)} again={() => set({ ...START, source: answers.source })} />;
  const { given_name, family_name } = namesOf(answers);
  if (isPutRight(answers)) {
    return (
      <>
        <TextField id="given_name" label={t("referral.name.given")} value={answers.given_name} onChange={(given) => set({ given_name: given, alike: "" })} error={errors["given_name"]} maxLength={80} />
        <TextField id="family_name" label={t("referral.name.family")} value={answers.family_name} onChange={(family) => set({ family_name: family, alike: "" })} error={errors["family_name"]} maxLength={80} />
      </>
    );
  }
  return (
    <>
      <TextField id="name" label={t("referral.name.label")} value={answers.name} onChange={(name) => set({ name, alike: "" })} error={errors["name"]} maxLength={160} />
      {family_name && (
        <p class="kith-quiet">
          {t("referral.name.split", { given: given_name, family: family_name })}{" "}
          <LinkButton onClick={() => set({ given_name, family_name })}>{t("referral.name.mend")}</LinkButton>
        </p>
      )}
      <Matches typed={answers.name} people={people} pick={(person) => set(answersFrom(person.id, person.doc))} />
    </>
  );
}

function Chosen({ name, again }: { readonly name: string; readonly again: () => void }) {
  return (
    <Notice>
      <p>{t("referral.name.chosen", { name })}</p>
      <LinkButton onClick={again}>{t("referral.name.other")}</LinkButton>
    </Notice>
  );
}

interface MatchesProps {
  readonly typed: string;
  readonly people: readonly Item<"person">[];
  readonly pick: (person: Item<"person">) => void;
}

function Matches({ typed, people, pick }: MatchesProps) {
  const index = useMemo(() => indexPeople(people), [people]);
  const matches = typed.trim().length < LEAST_TYPED ? [] : found(index, typed).slice(0, MOST_FOUND);
  return (
    <div role="status">
      {matches.length > 0 && (
        <>
          <h2 class="nhsuk-heading-xs">{t("referral.name.known")}</h2>
          <ul class="kith-list">
            {matches.map(({ person }) => (
              <li class="kith-list__item" key={person.id}>
                <button class="kith-row kith-row--button" type="button" onClick={() => pick(person)}>
                  <span class="kith-row__name">{t("referral.name.pick", { name: nameOf(person) })}</span>
                  {person.doc.birth_on && <span class="kith-row__text">{t("referral.name.bornShort", { day: dateWords(person.doc.birth_on) })}</span>}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
