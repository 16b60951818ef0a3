/** What was begun and left: referrals, notes, answers on wellbeing, each with the way back into it. */

import { nameOf } from "../../data/caseload.ts";
import type { Draft } from "../../data/database.ts";
import { namesOf, START } from "../../logic/wizard.ts";
import { at } from "../../router.ts";
import { useDrafts, useOne } from "../../ui/context.ts";
import { Row } from "../../ui/parts.tsx";
import { sinceWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";

/** A draft of something about a person says what, a colon, and whom. */
const ABOUT = ["note", "measure"] as const;

export function Unfinished() {
  const drafts = useDrafts();
  const referrals = drafts.filter(({ id }) => !id.includes(":"));
  const others = ABOUT.flatMap((page) => drafts.filter(({ id }) => id.startsWith(`${page}:`)).map((draft) => ({ draft, page })));
  if (referrals.length + others.length === 0) return null;
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("caseload.unfinished")}</h2>
      <ul class="kith-list">
        {referrals.map((draft) => {
          const { given_name, family_name } = namesOf({ ...START, ...draft.values });
          const name = `${given_name} ${family_name}`.trim() || t("referral.check.noName");
          return <Left key={draft.id} draft={draft} href={at("referrals", "draft", draft.id, draft.step)} name={name} />;
        })}
        {others.map((other) => <AboutPerson key={other.draft.id} {...other} />)}
      </ul>
    </>
  );
}

function AboutPerson({ draft, page }: { readonly draft: Draft; readonly page: (typeof ABOUT)[number] }) {
  const personId = draft.id.slice(page.length + 1);
  const person = useOne("person", personId);
  if (!person) return null;
  return <Left draft={draft} href={at("people", personId, page)} name={t(`caseload.half.${page}`, { name: nameOf(person) })} />;
}

function Left({ draft, href, name }: { readonly draft: Draft; readonly href: string; readonly name: string }) {
  return (
    <Row href={href} name={t("caseload.goOn", { name })}>
      {t("caseload.savedSince", { since: sinceWords(draft.updated_at, new Date()) })}
    </Row>
  );
}
