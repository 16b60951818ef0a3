/** What a volunteer asked about and does, and the roles that suit them, with reasons in words. */

import { useState } from "preact/hooks";
import { enquiryAbout, isOver, type KeptOff, type RoleLine } from "../../data/roles.ts";
import { at } from "../../router.ts";
import { today, useList, useOne } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button, Details, Notice, Row } from "../../ui/parts.tsx";
import { Empty } from "../../ui/standing.tsx";
import { dateWords } from "../../words/dates.ts";
import { awayWords } from "../../words/distance.ts";
import { keptOffWords } from "../../words/kept-off.ts";
import { label } from "../../words/labels.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";
import { useRoles } from "./suiting.ts";

const AT_ONCE = 10;

export function Roles({ volunteerId }: { readonly volunteerId: string }) {
  const found = useRoles(volunteerId);
  const paused = useOne("volunteer", volunteerId)?.doc.paused_until_on;
  const [shown, setShown] = useState(AT_ONCE);
  const asked = useList("enquiry").filter(({ doc }) => doc.volunteer_id === volunteerId);
  // What they do or asked about stands above, once.
  const others = found?.suiting.filter(({ role }) => !enquiryAbout(role.id, asked));
  return (
    <Page title={t("roles.title")}>
      {paused && paused >= today() && (
        <Notice>
          <p>{t("me.pause.now", { date: dateWords(paused) })}</p>
        </Notice>
      )}
      <Enquiries volunteerId={volunteerId} />
      {others?.length === 0 && <Empty text={t("roles.none")} />}
      <ol class="kith-list">
        {others?.slice(0, shown).map((line) => <RoleRow key={line.role.id} line={line} />)}
      </ol>
      {others && others.length > shown && (
        <Button look="secondary" onClick={() => setShown(shown + AT_ONCE)}>{t("tasks.more")}</Button>
      )}
      {found && found.keptOff.length > 0 && <KeptOffList lines={found.keptOff} volunteerId={volunteerId} />}
      {found?.notice && <p class="kith-quiet">{t("roles.plainRules")}</p>}
    </Page>
  );
}

function RoleRow({ line: { role, suited } }: { readonly line: RoleLine }) {
  const far = suited.distance_km === null ? null : capital(awayWords(suited.distance_km * 1000));
  const why = suited.reasons.slice(0, 2).map(({ text }) => text).join(" ");
  return (
    <Row href={at("roles", role.id)} name={role.doc.name}>
      {[far, label("commitment", role.doc.commitment)].filter(Boolean).join(" · ")}
      {why && <span class="kith-task-when">{why}</span>}
    </Row>
  );
}

function Enquiries({ volunteerId }: { readonly volunteerId: string }) {
  const roles = useList("opportunity");
  const own = useList("enquiry").filter(({ doc }) => doc.volunteer_id === volunteerId && !isOver(doc.status));
  if (own.length === 0) return null;
  const nameOf = (id: string | null): string => roles.find((role) => role.id === id)?.doc.name ?? t("roles.someRole");
  return (
    <>
      <h2 class="nhsuk-heading-m">{t("roles.yours")}</h2>
      <ul class="kith-list">
        {own.map(({ id, doc }) => (
          <Row key={id} href={at("roles", doc.opportunity_id ?? id)} name={nameOf(doc.opportunity_id)}>
            {t(`roles.step.${doc.status}`)}
          </Row>
        ))}
      </ul>
      <h2 class="nhsuk-heading-m">{t("roles.others")}</h2>
    </>
  );
}

function KeptOffList({ lines, volunteerId }: { readonly lines: readonly KeptOff[]; readonly volunteerId: string }) {
  const me = useOne("volunteer", volunteerId)?.doc;
  const names = new Map(useList("training").map(({ id, doc }) => [id, doc.name]));
  if (!me) return null;
  return (
    <Details summary={t("roles.keptOff", { count: lines.length })}>
      <ul class="kith-list">
        {lines.map((line) => (
          <Row key={line.role.id} href={at("roles", line.role.id)} name={line.role.doc.name}>
            <span>{keptOffWords(line, me, names, today())}</span>
          </Row>
        ))}
      </ul>
    </Details>
  );
}
