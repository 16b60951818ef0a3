/** The shortlist of a referral: ranked on this phone, looked at as a list or a map, compared, and decided about. */

import type { Shortlist as Slate } from "@contract/ranker/index.ts";
import { nameOf } from "../../data/caseload.ts";
import type { Item } from "../../data/live.ts";
import { at, go, usePlace } from "../../router.ts";
import { useList, useOnce, useOne, useReach } from "../../ui/context.ts";
import { useKept } from "../../ui/kept.ts";
import { Page } from "../../ui/page.tsx";
import { Notice } from "../../ui/parts.tsx";
import { Gone } from "../../ui/standing.tsx";
import { whereaboutsWords } from "../../words/candidate.ts";
import { t } from "../../words/t.ts";
import { MOST_PACK_AGE_DAYS } from "@contract/ranker/shortlist.ts";
import type { Ranker } from "../../rank/pack.ts";
import { decline, type Picked } from "./choose.ts";
import { Compare } from "./compare.tsx";
import { Decline } from "./decline.tsx";
import { type Row, Slated } from "./slated.tsx";
import { type Both, useExposure, useSlate } from "./use-slate.ts";

export default function Shortlist({ id }: { readonly id: string }) {
  const referral = useOne("referral", id);
  const person = useOne("person", referral?.doc.person_id ?? "");
  if (referral === undefined || (referral && person === undefined)) return null;
  if (!referral || !person) return <Gone kind="referral" back={at("people")} />;
  return <Ranked referral={referral} person={person} />;
}

function Ranked({ referral, person }: Both) {
  const reach = useReach();
  const ready = useSlate({ referral, person });
  const exposureId = useExposure(ready?.slate, referral);
  const placements = useList("placement").map(({ doc }) => doc);
  const { query } = usePlace();
  const once = useOnce(query.get("decline"));
  // What was filtered or picked holds for one slate: another one is first seen whole, as its record says.
  const kept = `${referral.id} ${ready?.slate.items.map((item) => item.id).join(" ")}`;
  const [picked, setPicked] = useKept<readonly string[]>(`picked ${kept}`, []);
  const title = t("shortlist.title", { name: nameOf(person) });
  const back = at("referrals", referral.id, "shortlist");
  if (!ready) return <Page title={title} back={at("referrals", referral.id)} backText={t("shortlist.referral")}>{null}</Page>;
  const thing = (id: string): Picked | undefined => {
    const item = ready.items.get(id);
    const position = ready.slate.items.find((one) => one.id === id)?.position ?? null;
    return item && { kind: item.kind, id, name: item.doc.name, position, exposureId };
  };
  const declining = thing(query.get("decline") ?? "");
  if (declining) {
    return <Decline name={declining.name} onCancel={() => history.back()} onSave={(reason) => once(() => decline(reach, declining, referral, reason).then(() => history.back()))} />;
  }
  if (query.has("compare")) return <Compare ids={picked} ready={ready} both={{ referral, person }} back={back} thing={thing} />;
  return (
    <Page title={title} back={at("referrals", referral.id)} backText={t("shortlist.referral")}>
      <RankedBy slate={ready.slate} ranker={ready.ranker} />
      <Whereabouts person={person} referralId={referral.id} />
      <Slated
        ready={ready} both={{ referral, person }} kept={kept} placements={placements} picked={picked} onPicked={setPicked} thing={thing}
        onDecline={(row: Row) => go(`${back}?decline=${encodeURIComponent(row.id)}`)}
      />
      {ready.slate.notice === null && <p class="kith-quiet">{t("shortlist.ranked.version", { version: ready.slate.model_version })}</p>}
    </Page>
  );
}

function RankedBy({ slate, ranker }: { readonly slate: Slate; readonly ranker: Ranker }) {
  const isLearnt = slate.notice === null;
  const rules = ranker.ageDays > MOST_PACK_AGE_DAYS ? t("shortlist.ranked.old") : t("shortlist.ranked.rules");
  const said = `${isLearnt ? t("shortlist.ranked.learnt") : rules} ${t("shortlist.ranked.advice")}`;
  if (isLearnt && ranker.trouble === null) return <p class="kith-quiet">{said}</p>;
  return (
    <Notice attention>
      <p>{said}</p>
      {ranker.trouble && <p>{ranker.trouble}</p>}
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
