/** One thing that may suit: what it is, when, where, who runs it. Can be printed for the person to take along. */

import { label, type OfferDoc } from "@generated/contract.ts";
import { at } from "../router.ts";
import { type Ranked, RANKED_KINDS } from "../data/items.ts";
import { nextSession, scheduleWords, sessionWords } from "../logic/session.ts";
import { today, useList, useLoaded } from "../ui/context.ts";
import { NotHere, Page } from "../ui/page.tsx";
import { Button, type Fact, Facts, Tag } from "../ui/parts.tsx";
import { slotsWords } from "../words/candidate.ts";
import { clockOf, spanWords } from "../words/dates.ts";
import { capital, count, creditWords, listWords, moneyWords } from "../words/plain.ts";

export default function ItemPage({ kind, id, from }: { readonly kind: string; readonly id: string; readonly from: string | null }) {
  const known = RANKED_KINDS.find((one) => one === kind) ?? "asset";
  const items = useLoaded(known) as readonly Ranked[] | undefined;
  const schedules = useList("schedule").filter((one) => one.doc.item_id === id);
  const counts = useList("place_count").find((one) => one.id === id);
  const organisations = useList("organisation");
  if (items === undefined) return null;
  const item = items.find((one) => one.id === id);
  const back = from ? at("referrals", from, "shortlist") : at();
  if (!item) return <NotHere what="page" back={back} />;
  const runner = "organisation_id" in item.doc ? organisations.find((one) => one.id === (item.doc as { organisation_id: string | null }).organisation_id) : undefined;
  const next = nextSession(schedules.map((one) => one.doc), today(), clockOf(new Date()));
  const facts: Fact[] = [
    { name: "What", value: label("category", item.doc.category) },
    ...(next ? [{ name: "Next", value: capital(sessionWords(next, today())) }] : []),
    ...(schedules.length > 0 ? [{ name: "When", value: <Lines lines={schedules.map((one) => scheduleWords(one.doc, today()))} /> }] : []),
    ...(counts?.doc.places_open != null ? [{ name: "Places", value: `${count(counts.doc.places_open, "place")} left` }] : []),
    ...(item.kind === "offer" ? offerFacts(item.doc) : []),
    ...(item.kind === "task" ? taskFacts(item.doc) : placeFacts(item.doc)),
    ...(runner ? [{ name: "Run by", value: runner.doc.name }] : []),
  ];
  return (
    <Page title={item.doc.name} back={back} backText={from ? "Shortlist" : "Home"}>
      {"description" in item.doc && item.doc.description && <p class="kith-written">{item.doc.description}</p>}
      <Facts facts={facts} />
      <Button look="secondary" onClick={() => print()}>
        Print this page
      </Button>
      {"made_up" in item.doc && item.doc.made_up && (
        <p>
          <Tag colour="grey">Made up</Tag> This does not exist. It is here to try Kith with.
        </p>
      )}
    </Page>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </>
  );
}

function placeFacts(doc: Exclude<Ranked, { kind: "task" }>["doc"]): Fact[] {
  const own = doc as { address?: string | null; phone?: string | null; email?: string | null; url?: string | null };
  const ages = doc.min_age !== null || doc.max_age !== null ? `${doc.min_age ?? 0} to ${doc.max_age ?? "any age"}` : null;
  const where = doc.online ? "Online" : doc.at_home ? "At the person's home" : [own.address, doc.postcode].filter(Boolean).join(", ");
  return [
    ...(where ? [{ name: "Where", value: where }] : []),
    { name: "Cost", value: doc.cost_pence === null ? "Ask" : doc.cost_pence === 0 ? "Free" : `${moneyWords(doc.cost_pence)} a session` },
    ...(doc.access.length > 0 ? [{ name: "Access", value: listWords(doc.access.map((code) => label("access", code))) }] : []),
    ...(doc.languages.length > 0 ? [{ name: "Languages", value: listWords(doc.languages.map((code) => label("language", code))) }] : []),
    ...(ages ? [{ name: "Ages", value: ages }] : []),
    ...(doc.audience !== "anyone" ? [{ name: "For", value: label("audience", doc.audience) }] : []),
    ...(own.phone ? [{ name: "Phone", value: <a href={`tel:${own.phone.replaceAll(" ", "")}`}>{own.phone}</a> }] : []),
    ...(own.email ? [{ name: "E-mail", value: own.email }] : []),
    ...(own.url && /^https?:\/\//.test(own.url) ? [{ name: "Web page", value: <a href={own.url} rel="noopener noreferrer" target="_blank">{new URL(own.url).hostname}<span class="nhsuk-u-visually-hidden"> (opens in a new window)</span></a> }] : []),
  ];
}

function offerFacts(doc: OfferDoc): Fact[] {
  const when = doc.availability.length > 0 ? slotsWords(doc.availability) : "To be agreed";
  return [
    { name: "When", value: when },
    { name: "In time", value: creditWords(doc.minutes) },
  ];
}

function taskFacts(doc: Extract<Ranked, { kind: "task" }>["doc"]): Fact[] {
  return [
    { name: "When", value: capital(spanWords(doc.window_from_at, doc.window_until_at, new Date())) },
    { name: "How long", value: `About ${doc.minutes} minutes` },
  ];
}
