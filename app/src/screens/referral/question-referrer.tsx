/** Who asked for it: the person, or a surgery or other organisation. */

import { useMemo, useState } from "preact/hooks";
import type { Item } from "../../data/live.ts";
import type { Answers } from "../../logic/wizard.ts";
import { useList } from "../../ui/context.ts";
import { Radios, TextField } from "../../ui/fields.tsx";
import { choicesOf } from "../../words/choices.ts";
import { t } from "../../words/t.ts";
import type { QuestionProps } from "./wizard-questions.tsx";

const MOST_FOUND = 8;

export function Referrer({ answers, set }: QuestionProps) {
  const organisations = useList("organisation");
  const [typed, setTyped] = useState("");
  const shown = useMemo(() => fitting(organisations, typed, answers.referrer_organisation_id), [organisations, typed, answers.referrer_organisation_id]);
  return (
    <>
      <Radios
        id="referrer" label={t("referral.referrer.label")} value={answers.referrer} onChange={(referrer) => set({ referrer: referrer as Answers["referrer"] })}
        options={[{ value: "self", label: t("referral.referrer.self") }, { value: "organisation", label: t("referral.referrer.organisation") }]}
      />
      {answers.referrer === "organisation" && (
        <>
          <TextField id="find" label={t("referral.referrer.search")} type="search" value={typed} onChange={setTyped} />
          {shown.length > 0 && (
            <Radios
              id="organisation" label={t("referral.referrer.choose")} value={answers.referrer_organisation_id} onChange={(referrer_organisation_id) => set({ referrer_organisation_id })}
              options={shown.map(({ id, doc }) => ({ value: id, label: doc.name, hint: doc.postcode ?? undefined }))}
            />
          )}
          <TextField id="referrer_name" label={t("referral.referrer.name")} value={answers.referrer_name} onChange={(referrer_name) => set({ referrer_name })} maxLength={120} />
        </>
      )}
      <Radios id="urgency" label={t("referral.referrer.urgency")} options={choicesOf("urgency")} value={answers.urgency} onChange={(urgency) => set({ urgency })} />
    </>
  );
}

/** Those that have every word that was typed, surgeries first; the chosen one when nothing is typed. */
function fitting(all: readonly Item<"organisation">[], typed: string, chosen: string): readonly Item<"organisation">[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return all
    .filter(({ id, doc }) => (words.length > 0 ? words.every((word) => doc.name.toLowerCase().includes(word)) : id === chosen))
    .sort((a, b) => Number(b.doc.type === "practice") - Number(a.doc.type === "practice") || a.doc.name.localeCompare(b.doc.name))
    .slice(0, MOST_FOUND);
}
