/** Groups, services and roles: what is due for a check on top, and a search that needs no signal. */

import { useMemo, useState } from "preact/hooks";
import { plain } from "../../logic/likeness.ts";
import { assuranceOf, byUrgency, type Standing } from "../../logic/upkeep.ts";
import { at } from "../../router.ts";
import { today, useList, useLoaded } from "../../ui/context.ts";
import { Select, TextField } from "../../ui/fields.tsx";
import { Page } from "../../ui/page.tsx";
import { Button, Row } from "../../ui/parts.tsx";
import { Empty } from "../../ui/standing.tsx";
import { dayWords } from "../../words/dates.ts";
import { t } from "../../words/t.ts";

const AT_ONCE = 40;
const VIEWS = ["due", "assets", "roles", "closed"] as const;

interface Line {
  readonly kind: "asset" | "opportunity";
  readonly id: string;
  readonly name: string;
  /** As it is searched for. */
  readonly found: string;
  readonly standing: Standing;
  readonly on: string | null;
  readonly status: "active" | "paused" | "closed";
  readonly pending: boolean;
}

export function Directory() {
  const lines = useLines();
  const [view, setView] = useState<string>("due");
  const [typed, setTyped] = useState("");
  const [shown, setShown] = useState(AT_ONCE);
  const seen = useMemo(() => (lines ?? []).filter((line) => isIn(line, view, plain(typed.trim()))), [lines, view, typed]);
  return (
    <Page title={t("upkeep.title")}>
      <Select id="view" label={t("upkeep.view")} options={VIEWS.map((one) => ({ value: one, label: t(`upkeep.views.${one}`) }))} value={view} onChange={setView} />
      <TextField id="search" type="search" label={t("upkeep.search")} value={typed} onChange={setTyped} />
      <p role="status" class="kith-quiet">{lines && seen.length > 0 && t("upkeep.found", { count: seen.length })}</p>
      {lines && seen.length === 0 && <Empty text={t(view === "due" && !typed ? "upkeep.nothingDue" : "upkeep.none")} />}
      <ul class="kith-list">
        {seen.slice(0, shown).map((line) => (
          <Row key={line.id} href={at("upkeep", line.kind, line.id)} name={line.name}>
            {line.kind === "opportunity" ? t("upkeep.role") : standingWords(line)}
            {line.status === "paused" && ` · ${t("upkeep.status.paused")}`}
            {line.pending && ` · ${t("upkeep.waiting")}`}
          </Row>
        ))}
      </ul>
      {seen.length > shown && <Button look="secondary" onClick={() => setShown(shown + AT_ONCE)}>{t("centre.more")}</Button>}
    </Page>
  );
}

function isIn(line: Line, view: string, words: string): boolean {
  if (words && !line.found.includes(words)) return false;
  if (view === "closed") return line.status === "closed";
  if (line.status === "closed") return false;
  if (view === "due") return line.standing !== "fine";
  return (view === "roles") === (line.kind === "opportunity");
}

/** Nobody checks a role: it ends by itself. */
function useLines(): readonly Line[] | undefined {
  const assets = useLoaded("asset");
  const roles = useList("opportunity");
  return useMemo(() => {
    const on = today();
    const groups = assets?.map((one): Line => ({ ...lineOf("asset", one), standing: assuranceOf(one.doc, on), on: one.doc.next_check_on }));
    return groups && [...groups, ...roles.map((one): Line => ({ ...lineOf("opportunity", one), standing: "fine", on: null }))].sort(byUrgency);
  }, [assets, roles]);
}

type Named = { readonly id: string; readonly pending: boolean; readonly doc: { readonly name: string; readonly status: Line["status"] } };

function lineOf(kind: Line["kind"], { id, pending, doc }: Named) {
  return { kind, id, pending, name: doc.name, found: plain(doc.name), status: doc.status };
}

export function standingWords({ standing, on }: Pick<Line, "standing" | "on">): string {
  if (standing === "never") return t("upkeep.standing.never");
  if (on === null) return t("upkeep.standing.fine");
  return t(`upkeep.standing.${standing === "fine" ? "next" : standing}`, { day: dayWords(on, today()) });
}
