/** Checks and references that somebody has to look after, the earliest day first. */

import { useMemo, useState } from "preact/hooks";
import { useVolunteerNames } from "../../data/centre.ts";
import { checksDue, type DueCheck } from "../../logic/upkeep.ts";
import { at } from "../../router.ts";
import { today, useList, useLoaded } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button, Row } from "../../ui/parts.tsx";
import { Empty } from "../../ui/standing.tsx";
import { dayWords } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { t } from "../../words/t.ts";

const AT_ONCE = 40;

export function Due() {
  const volunteers = useLoaded("volunteer");
  const [checks, consents] = [useList("check"), useList("guardian_consent")];
  const nameOf = useVolunteerNames();
  const [shown, setShown] = useState(AT_ONCE);
  const due = useMemo(() => checksDue({ volunteers: volunteers ?? [], checks, consents }, today()), [volunteers, checks, consents]);
  return (
    <Page title={t("volunteers.due.title")} back={at("volunteers")} backText={t("volunteers.title")}>
      {volunteers && due.length === 0 && <Empty text={t("volunteers.due.none")} />}
      <ul class="kith-list">
        {due.slice(0, shown).map((one) => (
          <Row key={`${one.what} ${one.id}`} href={hrefOf(one)} name={nameOf(one.volunteerId) ?? t("newcomers.noName")}>
            {dueWords(one)}
          </Row>
        ))}
      </ul>
      {due.length > shown && <Button look="secondary" onClick={() => setShown(shown + AT_ONCE)}>{t("centre.more")}</Button>}
    </Page>
  );
}

function hrefOf({ what, volunteerId, id }: DueCheck): string {
  return what === "chase" || what === "check" ? at("volunteers", volunteerId, "check", id) : at("volunteers", volunteerId);
}

function dueWords({ what, type, on }: DueCheck): string {
  const day = dayWords(on, today());
  const name = type === null ? t(`volunteers.due.${what as "dbs"}`) : label("check_type", type);
  if (what === "chase") return t("volunteers.due.chase", { name, day });
  return t(on < today() ? "volunteers.due.late" : "volunteers.due.soon", { name, day });
}
