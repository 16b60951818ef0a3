/** The caseload: everyone the team supports, what is due on top, and a search that needs no signal. */

import { useState } from "preact/hooks";
import { at } from "../router.ts";
import { caseload, found, nameOf } from "../data/caseload.ts";
import { mayWriteKind } from "../data/write.ts";
import type { Due } from "../logic/due.ts";
import { today, useAccount, useList, useLoaded } from "../ui/context.ts";
import { TextField } from "../ui/fields.tsx";
import { Page } from "../ui/page.tsx";
import { ButtonLink, Row } from "../ui/parts.tsx";
import { dayWords } from "../words/dates.ts";
import { count } from "../words/plain.ts";
import { REFERRAL_STATUS } from "../words/status.ts";

const AT_ONCE = 60;

/** "Make first contact, due tomorrow", "…, was due on Friday". */
export function dueText(due: Due): string {
  const words = dayWords(due.by, today());
  return due.by < today() ? `${due.what}: late, was due ${words}` : `${due.what}: due ${words}`;
}

export function People() {
  const mayRefer = mayWriteKind(useAccount(), "referral");
  const people = useLoaded("person");
  const lines = caseload(people ?? [], useList("referral"), useList("note"));
  const [typed, setTyped] = useState("");
  const [shown, setShown] = useState(AT_ONCE);
  const matches = found(lines, typed);
  return (
    <Page title="People">
      {mayRefer && <ButtonLink href={at("referrals", "new")}>New referral</ButtonLink>}
      <TextField id="search" label="Search by name" type="search" value={typed} onChange={setTyped} />
      <p role="status" class="kith-quiet">
        {people === undefined ? "" : count(matches.length, "person", "people")}
      </p>
      <ul class="kith-list">
        {matches.slice(0, shown).map(({ person, referral, due }) => (
          <Row key={person.id} href={at("people", person.id)} name={nameOf(person)}>
            {due ? dueText(due) : referral ? REFERRAL_STATUS[referral.doc.status].text : "No referral"}
            {person.pending && " (not sent yet)"}
          </Row>
        ))}
      </ul>
      {matches.length > shown && (
        <button class="nhsuk-button nhsuk-button--secondary" type="button" onClick={() => setShown(shown + AT_ONCE)}>
          Show more
        </button>
      )}
    </Page>
  );
}
