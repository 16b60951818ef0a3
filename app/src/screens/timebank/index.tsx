/** The screens of the time bank: a member's, and those of whoever looks after the bank. */

import { useMember } from "../../data/bank.ts";
import { ownOf } from "../../logic/timebank.ts";
import { useAccount, useList } from "../../ui/context.ts";
import type { AreaProps } from "../areas.ts";
import { Account } from "./account.tsx";
import { Ask } from "./ask.tsx";
import { Desk } from "./desk.tsx";
import { Exchange } from "./exchange.tsx";
import { Give } from "./give.tsx";
import { BankHome } from "./home.tsx";
import { Look, OfferPage, RequestPage } from "./look.tsx";
import { Match } from "./match.tsx";
import { Mine } from "./mine.tsx";
import { Offer } from "./offer.tsx";
import { OpenAccount } from "./open.tsx";
import { Propose } from "./propose.tsx";
import { Rules } from "./rules.tsx";
import { Statement } from "./statement.tsx";

/** What only a member can do: anybody else is first told of the bank. */
const OF_MEMBERS: readonly (string | undefined)[] = ["statement", "rules", "mine", "offer", "ask", "propose", "give"];

export default function TimeBankArea({ place }: AreaProps) {
  const [, page, id = ""] = place.parts;
  const from = place.query.get("from");
  const closed = ownOf(useList("account"), useAccount().volunteer_id);
  const isNoMember = useMember() === null && !(page === "statement" && closed);
  if (isNoMember && OF_MEMBERS.includes(page)) return <BankHome />;
  if (page === "statement") return <Statement />;
  if (page === "rules") return <Rules />;
  if (page === "mine") return <Mine />;
  if (page === "look") return <Look isRequests={id === "requests"} />;
  if (page === "offers") return <OfferPage key={id} id={id} />;
  if (page === "requests") return <RequestPage key={id} id={id} />;
  if (page === "offer") return <Offer key={from} from={from} />;
  if (page === "ask") return <Ask key={from} from={from} />;
  if (page === "exchanges") return <Exchange key={id} id={id} />;
  if (page === "propose") return <Propose key={`${from}-${id}`} to={from} id={id || null} />;
  if (page === "give") return <Give />;
  if (page === "desk") return <Desk />;
  if (page === "open") return <OpenAccount />;
  if (page === "accounts") return <Account key={id} id={id} />;
  if (page === "match") return <Match key={id} id={id} />;
  return <BankHome />;
}
