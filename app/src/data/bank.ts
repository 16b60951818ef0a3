/** What the screens of a time bank read: the member's own account, their exchanges, their bank, what is theirs on its lists. */

import { useAccount, useList, useLoaded } from "../ui/context.ts";
import { isOpen, minutesOf, type Minutes, ownOf, proposalsOf } from "../logic/timebank.ts";
import type { Item } from "./live.ts";

export interface Member {
  readonly account: Item<"account">;
  readonly exchanges: readonly Item<"exchange">[];
  readonly bank: Item<"bank"> | undefined;
  readonly minutes: Minutes;
}

/** The member who is signed in; undefined before the first reading, null when they have no account. */
export function useMember(): Member | null | undefined {
  const me = useAccount();
  const accounts = useLoaded("account");
  const exchanges = useList("exchange");
  const banks = useList("bank");
  if (accounts === undefined) return undefined;
  const account = ownOf(accounts, me.volunteer_id);
  if (account?.doc.status !== "open") return null;
  const bank = banks.find(({ id }) => id === account.doc.bank_id);
  return { account, exchanges, bank, minutes: minutesOf(account, exchanges) };
}

/** Whether this account looks after a bank. */
export function useIsBroker(): boolean {
  return useAccount().roles.some((role) => role === "broker" || role === "administrator");
}

/** The open banks that this account looks after. */
export function useDeskBanks(): readonly Item<"bank">[] {
  const { bank_ids } = useAccount();
  return useList("bank").filter(({ id, doc }) => doc.status === "open" && bank_ids.includes(id));
}

/** The requests for which an exchange is under way, or waits on this phone to be proposed. */
export function useAnswered(): ReadonlySet<string> {
  const waiting = useList("account").flatMap(proposalsOf);
  const open = [...useList("exchange"), ...waiting].filter(isOpen);
  return new Set(open.flatMap(({ doc }) => (doc.request_id === null ? [] : [doc.request_id])));
}

/** What members of a broker's banks ask for and nobody has answered, the oldest first. */
export function useUnanswered(): Item<"time_request">[] {
  const details = new Set(useList("request_detail").map(({ id }) => id));
  const answered = useAnswered();
  const open = useList("time_request").filter(({ id, doc }) => doc.status === "open" && details.has(id) && !answered.has(id));
  return open.sort((a, b) => (a.doc.asked_at < b.doc.asked_at ? -1 : 1));
}

/** The ids of what is the member's own on the lists of the bank. */
export function useOwnLines(accountId: string): ReadonlySet<string> {
  const own = [...useList("offer_detail"), ...useList("request_detail")];
  return new Set(own.filter(({ doc }) => doc.account_id === accountId).map(({ id }) => id));
}
