/** One offer: somebody else's to take up, or one's own to change, rest or offer again. */

import { useMember } from "../../data/bank.ts";
import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { at } from "../../router.ts";
import { useList, useOnce, useOne, useReach } from "../../ui/context.ts";
import { Button, ButtonLink, type Fact } from "../../ui/parts.tsx";
import { Gone, Standing } from "../../ui/standing.tsx";
import { labelList } from "../../words/labels.ts";
import { t } from "../../words/t.ts";
import { Listed, listedFacts } from "./listed.tsx";

export function OfferPage({ id }: { readonly id: string }) {
  const member = useMember();
  const offer = useOne("offer", id);
  const detail = useList("offer_detail").find((one) => one.id === id);
  if (offer === undefined || member === undefined) return null;
  if (offer === null) return <Gone kind="offer" back={at("timebank")} />;
  const isOwn = detail !== undefined && detail.doc.account_id === member?.account.id;
  return (
    <Listed list="offers" id={id} doc={offer.doc} isOwn={isOwn} facts={listedFacts(offer.doc, isOwn ? detail.doc.note : null, offerFacts(offer))}>
      {isOwn ? <Own offer={offer} detail={detail} /> : member && <Other offer={offer} />}
    </Listed>
  );
}

function offerFacts({ doc }: Item<"offer">): Fact[] {
  const where = doc.online ? "online" : doc.at_home ? "at_home" : "agreed";
  const others = doc.languages.filter((code) => code !== "en");
  return [
    { name: t("timebank.fields.where"), value: t(`timebank.offer.where.${where}`) },
    ...(others.length > 0 ? [{ name: t("timebank.offer.languages"), value: labelList("language", doc.languages) }] : []),
  ];
}

function Other({ offer }: { readonly offer: Item<"offer"> }) {
  if (offer.doc.status !== "active") return <p>{t("timebank.offer.over")}</p>;
  return (
    <>
      <p>{t("timebank.offer.nameless")}</p>
      <ButtonLink href={`${at("timebank", "propose", offer.id)}?from=offers`}>{t("timebank.offer.take")}</ButtonLink>
    </>
  );
}

function Own({ offer, detail }: { readonly offer: Item<"offer">; readonly detail: Item<"offer_detail"> }) {
  const reach = useReach();
  const asked = detail.commands.length > 0;
  const once = useOnce(asked);
  const rest = async (): Promise<void> => {
    reach.say(t("timebank.offer.rested"), await command(reach, "offer_detail", offer.id, "withdraw_offer"));
  };
  const isOn = offer.doc.status === "active" && !asked;
  const again = `${at("timebank", "offer")}?from=${encodeURIComponent(offer.id)}`;
  return (
    <>
      <Standing item={detail} />
      <p>{t(isOn ? "timebank.offer.isOn" : "timebank.offer.isOff")}</p>
      <div class="kith-buttons">
        {!asked && <ButtonLink href={again} look={isOn ? "secondary" : "primary"}>{t(isOn ? "timebank.offer.change" : "timebank.offer.again")}</ButtonLink>}
        {isOn && <Button look="secondary" onClick={() => once(rest)}>{t("timebank.offer.rest")}</Button>}
      </div>
    </>
  );
}
