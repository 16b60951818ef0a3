/** One thing that may suit: what it is, when, where, how to get there, who runs it. Can be printed for the person to take along. */

import { type Ranked, RANKED_KINDS } from "../../data/items.ts";
import { hasEnded, nextSession, scheduleWords, sessionWords, timesToTell } from "../../logic/session.ts";
import { at } from "../../router.ts";
import { today, useList, useLoaded, useOne } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button, type Fact, Facts, Notice, Tag } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { clockOf } from "../../words/dates.ts";
import { label } from "../../words/labels.ts";
import { capital } from "../../words/plain.ts";
import { t } from "../../words/t.ts";
import { wayWords } from "./directions.ts";
import { checkedWords, contactFacts, offerFacts, placeFacts, taskFacts } from "./item-facts.tsx";
import { ComingUp, Courses, Wrong } from "./item-parts.tsx";
import { Why } from "./why.tsx";

export default function ItemPage({ kind, id, from }: { readonly kind: string; readonly id: string; readonly from: string | null }) {
  const known = RANKED_KINDS.find((one) => one === kind) ?? "asset";
  const items = useLoaded(known) as readonly Ranked[] | undefined;
  const referral = useOne("referral", from ?? "");
  const person = useOne("person", referral?.doc.person_id ?? "");
  if (items === undefined || referral === undefined || person === undefined) return null;
  const item = items.find((one) => one.id === id);
  const back = from ? at("referrals", from, "shortlist") : at("directory");
  if (!item) return <Gone kind={known} back={back} />;
  const status = "status" in item.doc ? item.doc.status : "active";
  return (
    <Page title={item.doc.name} back={back} backText={from ? t("shortlist.back") : t("shortlist.directory.tab")}>
      {(status === "closed" || status === "paused") && <Notice attention><p>{t(`shortlist.item.${status}`)}</p></Notice>}
      <p class="kith-tags"><Tag colour="grey">{t(`shortlist.kind.${item.kind}`)}</Tag></p>
      {"description" in item.doc && item.doc.description && <p class="kith-written">{item.doc.description}</p>}
      <Known item={item} way={person ? wayWords(item, person.doc) : null} />
      {item.kind === "asset" && <Courses asset={item} />}
      {referral && person && <Why item={item} both={{ referral, person }} />}
      {item.kind === "asset" && <Wrong item={item} />}
      <div class="kith-no-print">
        <Button look="secondary" onClick={() => print()}>{t("shortlist.item.print")}</Button>
      </div>
      {"made_up" in item.doc && item.doc.made_up && (
        <p>
          <Tag colour="grey">{t("shortlist.item.madeUpTag")}</Tag> {t("shortlist.item.madeUp")}
        </p>
      )}
    </Page>
  );
}

function Known({ item, way }: { readonly item: Ranked; readonly way: string | null }) {
  const schedules = useList("schedule").filter((one) => one.doc.item_id === item.id).map(({ doc }) => doc);
  const counts = useList("place_count").find((one) => one.id === item.id)?.doc;
  const runnerId = "organisation_id" in item.doc ? item.doc.organisation_id : null;
  const runner = useList("organisation").find((one) => one.id === runnerId)?.doc.name;
  const next = nextSession(schedules, today(), clockOf(new Date()));
  const open = counts?.places_open;
  const facts: Fact[] = [
    { name: t("shortlist.fact.what"), value: label("category", item.doc.category) },
    ...(next ? [{ name: t("shortlist.fact.next"), value: capital(sessionWords(next, today())) }] : []),
    ...(schedules.length > 0 ? [{ name: t("shortlist.fact.when"), value: timesToTell(schedules, today()).map((one) => <div key={scheduleWords(one, today())}>{scheduleWords(one, today())}</div>) }] : []),
    ...(schedules.some((one) => !hasEnded(one, today())) ? [{ name: t("shortlist.fact.coming"), value: <ComingUp schedules={schedules} /> }] : []),
    ...(open != null ? [{ name: t("shortlist.fact.places"), value: open === 0 ? t("shortlist.item.full") : t("shortlist.item.placesLeft", { count: open }) }] : []),
    ...(item.kind === "offer" ? offerFacts(item.doc) : []),
    ...(item.kind === "task" ? taskFacts(item.doc) : placeFacts(item.doc)),
    ...(way ? [{ name: t("shortlist.fact.way"), value: way }] : []),
    ...(item.kind === "asset" ? contactFacts(item.doc) : []),
    ...(runner ? [{ name: t("shortlist.fact.runBy"), value: runner }] : []),
    ...(item.kind === "asset" ? [{ name: t("shortlist.fact.checked"), value: checkedWords(item.doc, today()) }] : []),
  ];
  return <Facts facts={facts} />;
}
