/** Everyone who volunteers with the centre, with a search that needs no signal. */

import { useMemo, useState } from "preact/hooks";
import { volunteerName } from "../../data/centre.ts";
import { plain } from "../../logic/likeness.ts";
import { at } from "../../router.ts";
import { today, useLoaded } from "../../ui/context.ts";
import { TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, ButtonLink, Row } from "../../ui/parts.tsx";
import { Empty } from "../../ui/standing.tsx";
import { dateWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";

const AT_ONCE = 40;

export function Volunteers() {
  const volunteers = useLoaded("volunteer");
  const [typed, setTyped] = useState("");
  const [shown, setShown] = useState(AT_ONCE);
  const lines = useMemo(
    () => volunteers?.map((one) => ({ id: one.id, name: volunteerName(one), found: plain(volunteerName(one)), doc: one.doc })).sort((a, b) => a.name.localeCompare(b.name)),
    [volunteers],
  );
  const words = plain(typed.trim());
  const seen = useMemo(() => (lines ?? []).filter((line) => line.found.includes(words)), [lines, words]);
  return (
    <Page title={t("volunteers.title")}>
      <ButtonLink href={at("volunteers", "due")} look="secondary">{t("volunteers.due.title")}</ButtonLink>
      <TextField id="search" type="search" label={t("caseload.search")} value={typed} onChange={setTyped} />
      <p role="status" class="kith-quiet">{lines && lines.length > 0 && t("volunteers.found", { count: seen.length })}</p>
      {lines?.length === 0 && <Empty text={t("volunteers.none")} />}
      <ul class="kith-list">
        {seen.slice(0, shown).map(({ id, name, doc }) => (
          <Row key={id} href={at("volunteers", id)} name={name}>
            {t(`volunteers.status.${doc.status}`)}
            {doc.paused_until_on && doc.paused_until_on >= today() && ` · ${t("volunteers.paused", { date: dateWords(doc.paused_until_on) })}`}
          </Row>
        ))}
      </ul>
      {seen.length > shown && <Button look="secondary" onClick={() => setShown(shown + AT_ONCE)}>{t("centre.more")}</Button>}
    </Page>
  );
}
