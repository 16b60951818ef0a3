/** The shortlist: ranked on this phone, each line with its reasons; what was left out, and why; and the choice. */

import { useEffect, useMemo, useState } from "preact/hooks";
import type { Shortlist as Slate, ShownItem } from "@contract/ranker/index.ts";
import type { Kind, PlacementDoc } from "@generated/contract.ts";
import { at, go } from "../router.ts";
import { nameOf } from "../data/caseload.ts";
import { type Ranked, RANKED_KINDS } from "../data/items.ts";
import { type Item, useTopics } from "../data/live.ts";
import { type Choice, choiceOf } from "../data/choice.ts";
import { command, create, moveReferral } from "../data/write.ts";
import { readRanker, type Ranker } from "../rank/pack.ts";
import { candidatesOf, exposureOf, isSameSlate, rank } from "../rank/slate.ts";
import type { Schedule } from "../logic/session.ts";
import { type Reach, today, useList, useLoaded, useOnce, useOne, useReach, useSettled } from "../ui/context.ts";
import { NotHere, Page } from "../ui/page.tsx";
import { Button, ButtonLink, Notice, Tag } from "../ui/parts.tsx";
import { addDays, instantOf } from "../words/dates.ts";
import { creditWords } from "../words/plain.ts";
import { addressOf, costOf, costWords, offeredWords, placesWords, whenWords, whereaboutsWords, whereWords } from "../words/candidate.ts";
import { NotShown } from "./not-shown.tsx";

export function useRanker(): Ranker | undefined {
  const { kith } = useReach();
  useTopics(kith.live, ["pack"]);
  return kith.live.get("pack", () => readRanker(kith));
}

export default function Shortlist({ id }: { readonly id: string }) {
  const referral = useOne("referral", id);
  const person = useOne("person", referral?.doc.person_id ?? "");
  if (referral === undefined || (referral && person === undefined)) return null;
  if (!referral || !person) return <NotHere what="referral" back={at("people")} />;
  return <Slated referral={referral} person={person} />;
}

interface Both {
  readonly referral: Item<"referral">;
  readonly person: Item<"person">;
}

function Slated({ referral, person }: Both) {
  const slate = useSlate(referral, person);
  const exposure = useExposure(slate?.slate, referral);
  const schedules = useList("schedule").map(({ doc }) => doc);
  const full = new Set(useList("place_count").filter(({ doc }) => doc.places_open === 0).map(({ id }) => id));
  const placements = useList("placement").map(({ doc }) => doc);
  const once = useOnce();
  const title = `Shortlist for ${nameOf(person)}`;
  if (!slate) return <Page title={title} back={at("referrals", referral.id)}>{null}</Page>;
  const { items, excluded } = slate.slate;
  return (
    <Page title={title} back={at("referrals", referral.id)} backText="Referral">
      <RankedBy slate={slate.slate} ranker={slate.ranker} />
      <Whereabouts person={person} referralId={referral.id} />
      {items.length === 0 && <p>Nothing on this phone suits. You can see why below.</p>}
      <ol class="kith-slate">
        {items.map((item) => (
          <Line key={item.id} shown={item} item={slate.items.get(item.id)} both={{ referral, person }} exposureId={exposure} schedules={schedules.filter((one) => one.item_id === item.id)} isFull={full.has(item.id)} choice={choiceOf(placements, referral.id, item.id)} once={once} />
        ))}
      </ol>
      <ButtonLink href={at("referrals", referral.id, "nothing")} look="secondary">
        Nothing suitable
      </ButtonLink>
      {excluded.length > 0 && <NotShown excluded={excluded} items={slate.items} />}
    </Page>
  );
}

interface Ready {
  readonly slate: Slate;
  readonly ranker: Ranker;
  readonly items: ReadonlyMap<string, Ranked>;
}

const RANKED_FROM: readonly Kind[] = ["referral", "person", ...RANKED_KINDS, "schedule", "place_count", "exposure"];
const WAIT_FOR_LISTS_MS = 1500;

/**
 * The slate, ranked each time the page opens, from what the phone then holds. While it is open it is ranked again only
 * when a new ranker comes: it does not jump about.
 */
function useSlate(referral: Item<"referral">, person: Item<"person">): Ready | undefined {
  const ranker = useRanker();
  const lists = [useLoaded("asset"), useLoaded("opportunity"), useLoaded("task"), useLoaded("offer")] as const;
  const schedules = useLoaded("schedule");
  const counts = useLoaded("place_count");
  const settled = useSettled(RANKED_FROM, WAIT_FOR_LISTS_MS);
  const ready = settled && ranker && schedules && counts && lists.every((list) => list !== undefined);
  return useMemo(() => {
    if (!ready) return undefined;
    const items: Ranked[] = lists.flatMap((list): readonly Ranked[] => list ?? []);
    const candidates = candidatesOf(items, schedules, counts);
    performance.mark("rank-start");
    const slate = rank(ranker, referral, person, candidates, today());
    performance.measure("rank", "rank-start");
    return { slate, ranker, items: new Map(items.map((item) => [item.id, item])) };
  }, [Boolean(ready), ranker?.version, referral.id]);
}

/** Record what was shown, once for each different slate; gives the id of the record. */
function useExposure(slate: Slate | undefined, referral: Item<"referral">): string | null {
  const reach = useReach();
  const before = useLoaded("exposure");
  const [kept, setKept] = useState<{ readonly slate: Slate; readonly id: string } | null>(null);
  useEffect(() => {
    if (!slate || before === undefined || kept?.slate === slate || slate.items.length === 0) return;
    const keep = (id: string): void => setKept({ slate, id });
    const same = before.find((one) => one.doc.referral_id === referral.id && isSameSlate(slate, one.doc, new Date()));
    if (same) keep(same.id);
    else void create(reach, "exposure", exposureOf(slate, referral)).then(keep);
  }, [slate, before === undefined]);
  return kept !== null && kept.slate === slate ? kept.id : null;
}

function RankedBy({ slate, ranker }: { readonly slate: Slate; readonly ranker: Ranker }) {
  return (
    <Notice attention={slate.notice !== null || ranker.trouble !== null}>
      <p>{slate.notice === null ? "Ranked by what became of earlier referrals, on this phone." : rulesWords(slate.notice)}</p>
      {ranker.trouble && <p>{ranker.trouble}</p>}
      <p class="kith-quiet">You and the person decide. The order is only advice.{slate.notice === null && ` Ranker: ${slate.model_version}.`}</p>
    </Notice>
  );
}

/** Say that nobody here knows where they live, which is why no distance is told, and how to put it right. */
function Whereabouts({ person, referralId }: { readonly person: Item<"person">; readonly referralId: string }) {
  const words = whereaboutsWords(person.doc);
  if (words === null) return null;
  return (
    <Notice attention>
      <p>{words.said}</p>
      <p>
        <a href={`${at("people", person.id, "edit")}?from=${referralId}`}>{words.mend}</a>
      </p>
    </Notice>
  );
}

/** "Ranked by simple rules because …". */
export function rulesWords(notice: string): string {
  const because = /\bas (.*)$/.exec(notice)?.[1];
  return because ? `Ranked by simple rules because ${because}` : notice;
}

interface LineProps {
  readonly shown: ShownItem;
  readonly item: Ranked | undefined;
  readonly both: Both;
  readonly exposureId: string | null;
  readonly schedules: readonly Schedule[];
  readonly choice: Choice;
  /** The last place has gone, perhaps since it was ranked. */
  readonly isFull: boolean;
  readonly once: (deed: () => Promise<unknown>) => void;
}

function Line({ shown, item, both, exposureId, choice, isFull, once, schedules }: LineProps) {
  const reach = useReach();
  const name = item?.doc.name ?? "Unnamed";
  const where = addressOf(item);
  return (
    <li class="kith-card">
      <h2 class="nhsuk-heading-s">
        {shown.position + 1}. <a href={`${at("items", shown.kind, shown.id)}?from=${both.referral.id}`}>{name}</a>
      </h2>
      <p class="kith-tags">
        <Tag colour="grey">{KIND_WORDS[shown.kind]}</Tag>
        {choice !== "none" && <Tag colour="blue">{choice === "stands" ? "You chose this" : "Chosen before"}</Tag>}
      </p>
      <ul class="kith-facts">
        <li>{whereWords(shown, item)}</li>
        {where && <li>{where}</li>}
        <li>{item?.kind === "offer" ? offeredWords(item.doc.availability) : whenWords(shown, schedules)}</li>
        <li>{placesWords(isFull ? 0 : shown.places_open)}</li>
        {costOf(item) !== null && <li>{costWords(costOf(item) ?? 0)}</li>}
        {item?.kind === "offer" && <li>{creditWords(item.doc.minutes)}</li>}
      </ul>
      <Reasons title="Why it may suit" texts={textsOf(shown, 1)} most={MOST_FOR} />
      <Reasons title="What speaks against it" texts={textsOf(shown, -1)} most={MOST_AGAINST} />
      {shown.change && <p class="kith-quiet">What would change it: {shown.change}</p>}
      {choice !== "stands" && !isFull && (
        <Button look="secondary" onClick={() => once(() => choose(reach, shown, both, exposureId, name))}>
          Choose<span class="nhsuk-u-visually-hidden"> {name}{where && `, ${where}`}</span>
        </Button>
      )}
    </li>
  );
}

const MOST_FOR = 4;
const MOST_AGAINST = 2;

/** The reasons for (1) or against (-1), the strongest first. */
function textsOf(shown: ShownItem, sign: 1 | -1): string[] {
  const side = shown.reasons.filter((one) => one.text !== "" && (one.contribution >= 0 ? 1 : -1) === sign);
  return side.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)).map((one) => one.text);
}

function Reasons({ title, texts, most }: { readonly title: string; readonly texts: readonly string[]; readonly most: number }) {
  if (texts.length === 0) return null;
  return (
    <>
      <h3 class="nhsuk-heading-xs">{title}</h3>
      <ul class="nhsuk-list nhsuk-list--bullet">
        {texts.slice(0, most).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </>
  );
}

const KIND_WORDS: { readonly [kind: string]: string } = { asset: "Group or service", opportunity: "Volunteering role", task: "Small task to help with", offer: "Time-bank offer" };

const OFFER_DAYS = 7;

/** Choose: a placement, a request for a place that the server decides, and the referral moves on. */
async function choose(reach: Reach, shown: ShownItem, { referral }: Both, exposureId: string | null, name: string): Promise<boolean> {
  const placements = (await reach.kith.client.list("placement")).map(({ doc }) => doc as unknown as PlacementDoc);
  if (choiceOf(placements, referral.id, shown.id) === "stands") return false;
  const placement = await create(reach, "placement", {
    referral_id: referral.id, person_id: referral.doc.person_id, team_id: referral.doc.team_id, exposure_id: exposureId,
    item_kind: shown.kind, item_id: shown.id, position: shown.position, chosen_at: instantOf(new Date()),
  });
  const until = `${addDays(today(), OFFER_DAYS)}T23:59:59Z`;
  await command(reach, "placement", placement, "offer_place", {}, until);
  const moved = await moveReferral(reach, referral, "offered");
  reach.say(`You chose ${name}`, [...moved.reverse(), ...(await reach.midsOf(placement))]);
  go(at("referrals", referral.id));
  return true;
}
