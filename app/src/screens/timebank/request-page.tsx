/** One request: somebody else's to answer, or one's own to take back or ask again. */

import { useMember } from "../../data/bank.ts";
import type { Item } from "../../data/live.ts";
import { command } from "../../data/write.ts";
import { offerOf } from "../../logic/timebank.ts";
import { at } from "../../router.ts";
import { useList, useOnce, useOne, useReach } from "../../ui/context.ts";
import { Button, ButtonLink } from "../../ui/parts.tsx";
import { Gone, Standing } from "../../ui/standing.tsx";
import { t } from "../../words/t.ts";
import { Listed, listedFacts } from "./listed.tsx";

export function RequestPage({ id }: { readonly id: string }) {
  const member = useMember();
  const request = useOne("time_request", id);
  const detail = useList("request_detail").find((one) => one.id === id);
  if (request === undefined || member === undefined) return null;
  if (request === null) return <Gone kind="time_request" back={at("timebank")} />;
  const isOwn = detail !== undefined && detail.doc.account_id === member?.account.id;
  return (
    <Listed list="requests" id={id} doc={request.doc} isOwn={isOwn} facts={listedFacts(request.doc, isOwn ? detail.doc.note : null)}>
      {isOwn ? <Own request={request} detail={detail} /> : member && <Other request={request} />}
    </Listed>
  );
}

function Other({ request }: { readonly request: Item<"time_request"> }) {
  if (request.doc.status !== "open") return <p>{t("timebank.ask.closed")}</p>;
  return (
    <>
      <p>{t("timebank.ask.nameless")}</p>
      <ButtonLink href={`${at("timebank", "propose", request.id)}?from=requests`}>{t("timebank.ask.help")}</ButtonLink>
    </>
  );
}

function Own({ request, detail }: { readonly request: Item<"time_request">; readonly detail: Item<"request_detail"> }) {
  const reach = useReach();
  const asked = detail.commands.length > 0;
  const once = useOnce(asked);
  const takeBack = async (): Promise<void> => {
    reach.say(t("timebank.ask.takenBack"), await command(reach, "request_detail", request.id, "withdraw_request"));
  };
  const offered = offerOf(request.id, useList("exchange"));
  const isOpen = request.doc.status === "open" && !asked;
  const state = asked ? "withdrawn" : isOpen && offered ? "offered" : request.doc.status;
  return (
    <>
      <Standing item={detail} />
      <p>{t(`timebank.ask.state.${state}`)}</p>
      {isOpen && offered && <ButtonLink href={at("timebank", "exchanges", offered.id)}>{t("timebank.ask.see")}</ButtonLink>}
      {isOpen && <Button look="secondary" onClick={() => once(takeBack)}>{t("timebank.ask.takeBack")}</Button>}
      {!isOpen && !asked && <ButtonLink href={`${at("timebank", "ask")}?from=${encodeURIComponent(request.id)}`}>{t("timebank.ask.again")}</ButtonLink>}
    </>
  );
}
