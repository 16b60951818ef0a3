/** One offer: somebody else's to take up, or one's own to change, rest or offer again. */

import { useMember } from "../../data/bank.ts";
import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { at } from "../../router.ts";
import { useList, useOnce, useOne, useReach } from "../../ui/context.ts";
import { Page } from "../../ui/page.tsx";
import { Button, ButtonLink, type Fact, Facts } from "../../ui/parts.tsx";
import { Gone, RefusedNotice, Standing } from "../../ui/standing.tsx";
import { slotsWords } from "../../words/candidate.ts";
import { label, labelList } from "../../words/labels.ts";
import { minutesWords } from "../../words/minutes.ts";
import { t } from "../../words/t.ts";

export function OfferPage({ id }: { readonly id: string }) {
  const member = useMember();
  const offer = useOne("offer", id);
  const detail = useList("offer_detail").find((one) => one.id === id);
  if (offer === undefined || member === undefined) return null;
  if (offer === null) return <Gone kind="offer" back={at("timebank")} />;
  const isOwn = detail !== undefined && detail.doc.account_id === member?.account.id;
  const back = isOwn ? { back: at("timebank", "mine"), backText: t("timebank.mine.title") } : { back: at("timebank", "look", "offers"), backText: t("timebank.look.offers") };
  return (
    <Page title={offer.doc.name} caption={label("category", offer.doc.category)} {...back}>
      <RefusedNotice kind="offer_detail" id={id} />
      {offer.doc.description && <p class="kith-written">{offer.doc.description}</p>}
      <Facts facts={factsOf(offer, isOwn ? detail.doc.note : null)} />
      {isOwn ? <Own offer={offer} detail={detail} /> : member && <Other offer={offer} />}
    </Page>
  );
}

function factsOf({ doc }: Item<"offer">, note: string | null): Fact[] {
  const where = doc.online ? "online" : doc.at_home ? "at_home" : "agreed";
  const others = doc.languages.filter((code) => code !== "en");
  return [
    { name: t("timebank.exchange.howLong"), value: minutesWords(doc.minutes) },
    { name: t("timebank.fields.when"), value: doc.availability.length > 0 ? slotsWords(doc.availability) : t("timebank.fields.agree") },
    { name: t("timebank.fields.where"), value: t(`timebank.offer.where.${where}`) },
    ...(others.length > 0 ? [{ name: t("timebank.offer.languages"), value: labelList("language", doc.languages) }] : []),
    ...(note ? [{ name: t("timebank.fields.private"), value: <span class="kith-written">{note}</span> }] : []),
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
