/** Sessions of a worker's teams, the newest first. */

import { useState } from "preact/hooks";
import { metBy } from "../../logic/ages.ts";
import { at } from "../../router.ts";
import { today, useLoaded } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button, ButtonLink, Row } from "../../ui/parts.tsx";
import { Empty } from "../../ui/standing.tsx";
import { dayWords } from "../../words/dates.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";

const AT_ONCE = 30;

export function SessionList() {
  const sessions = useLoaded("session_log");
  const [shown, setShown] = useState(AT_ONCE);
  if (sessions === undefined) return null;
  const newest = [...sessions].sort((a, b) => (a.doc.held_on === b.doc.held_on ? (a.id < b.id ? 1 : -1) : a.doc.held_on < b.doc.held_on ? 1 : -1));
  return (
    <Page title={t("sessions.title")} back={at("doorstep")} backText={t("fieldwork.title")}>
      <div class="kith-big"><ButtonLink href={at("sessions", "new")}>{t("sessions.new")}</ButtonLink></div>
      {newest.length === 0 ? <Empty text={t("sessions.none")} /> : (
        <ul class="kith-list">
          {newest.slice(0, shown).map(({ id, doc, pending }) => (
            <Row key={id} href={at("sessions", id)} name={doc.place}>
              {capital(dayWords(doc.held_on, today()))} · {t("sessions.met", { count: metBy(doc) })}
              {pending && ` · ${t("sessions.waiting")}`}
            </Row>
          ))}
        </ul>
      )}
      {newest.length > shown && <Button look="secondary" onClick={() => setShown(shown + AT_ONCE)}>{t("sessions.more")}</Button>}
    </Page>
  );
}
