/** The screens of a referral: a new one question by question, how it stands, its shortlist, what came of it. */

import { at } from "../../router.ts";
import { useOne } from "../../ui/context.ts";
import { lazy } from "../../ui/lazy.tsx";
import type { AreaProps } from "../areas.ts";
import { AddNote } from "../caseload/note.tsx";
import { People } from "../caseload/people.tsx";
import Placement from "./placement.tsx";
import { Card } from "./card.tsx";
import { HandOver } from "./handover.tsx";
import { Referral } from "./referral.tsx";
import { NothingSuitable, ReferralStatus } from "./status.tsx";

const Shortlist = lazy(() => import("../shortlist/shortlist.tsx"));
const WarmShortlist = lazy(() => import("../shortlist/warm.tsx"));
const NewReferral = lazy(() => import("./wizard.tsx"));
const Wizard = lazy(async () => ({ default: (await import("./wizard.tsx")).Wizard }));

export default function Referrals({ place }: AreaProps) {
  const [first, id, page, step] = place.parts;
  if (id === undefined) return <People />;
  if (first === "placements") return <Placement key={id} id={id} />;
  if (id === "new") return <NewReferral personId={page ?? null} />;
  if (id === "draft" && page !== undefined) return <Wizard key={page} id={page} step={step ?? "name"} />;
  if (page === "shortlist") return <Shortlist key={id} id={id} />;
  if (page === "status") return <ReferralStatus key={id} id={id} />;
  if (page === "nothing") return <NothingSuitable key={id} id={id} />;
  if (page === "card") return <Card key={id} id={id} />;
  if (page === "handover") return <HandOver key={id} id={id} />;
  if (page === "note") return <ReferralNote key={id} id={id} />;
  return (
    <>
      <Referral key={id} id={id} />
      <WarmShortlist key={`${id} warm`} id={id} />
    </>
  );
}

function ReferralNote({ id }: { readonly id: string }) {
  const referral = useOne("referral", id);
  return referral ? <AddNote personId={referral.doc.person_id} back={at("referrals", id)} /> : null;
}
