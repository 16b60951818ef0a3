/** A time-bank account as its owner may count on it: what is sure, what is promised, what is on its way. */

import type { Item } from "../data/live.ts";

export type Account = Pick<Item<"account">, "id" | "doc" | "commands">;
export type Exchange = Pick<Item<"exchange">, "id" | "doc" | "commands">;
export type Side = "giver" | "receiver";

export interface Minutes {
  /** What the ledger has: sure. */
  readonly balance: number;
  /** Help that was asked for and not paid yet; the other side may call for it. */
  readonly promised: number;
  /** Gifts that wait on this phone. */
  readonly leaving: number;
  /** Help that this member gives, by what has to happen before its minutes come. */
  readonly coming: Coming;
  /** How far below zero the account may go, as a number of minutes from 0 up. */
  readonly credit: number;
  /** What may still be promised or given away; below 0 when too much is promised already. */
  readonly free: number;
}

/** sending : both have said that it happened, here. yours, theirs : one side's word is missing. help : nobody has said so yet. */
export type Coming = { readonly [waitsFor in "sending" | "yours" | "theirs" | "help"]: number };

const GIFTS = ["donate", "transfer"];

/** Count an account. Every open exchange is counted once, whether the server knows it or it waits on this phone. */
export function minutesOf(account: Account, exchanges: readonly Exchange[]): Minutes {
  const sent = new Set(exchanges.map(({ id }) => id));
  const open = [...exchanges, ...proposalsOf(account).filter(({ id }) => !sent.has(id))].filter(isOpen);
  const { balance_min: balance, floor_min: floor } = account.doc;
  const promised = sum(open.filter((one) => sideOf(one, account.id) === "receiver" && isPromised(one)));
  const coming = comingOf(open.filter((one) => sideOf(one, account.id) === "giver"));
  const leaving = account.commands.filter(({ name }) => GIFTS.includes(name)).reduce((all, { args }) => all + Number(args["minutes"] ?? 0), 0);
  return { balance, promised, leaving, coming, credit: Math.max(0, -floor), free: balance - floor - promised - leaving };
}

function comingOf(given: readonly Exchange[]): Coming {
  const minutes = { sending: 0, yours: 0, theirs: 0, help: 0 };
  for (const exchange of given) minutes[waitsFor(stageOf(exchange, "giver"))] += exchange.doc.minutes;
  return minutes;
}

function waitsFor(stage: Stage): keyof Coming {
  if (stage === "settling") return "sending";
  if (stage === "theirs") return "yours";
  return stage === "mine" ? "theirs" : "help";
}

/** Of the accounts of one person the one that is open, else one that was closed. */
export function ownOf<A extends Pick<Account, "doc">>(accounts: readonly A[], volunteerId: string | null): A | undefined {
  const own = volunteerId === null ? [] : accounts.filter(({ doc }) => doc.volunteer_id === volunteerId);
  return own.find(({ doc }) => doc.status === "open") ?? own[0];
}

/** By how many minutes a promise would go further than the bank allows; 0 when it fits. */
export function overBy(minutes: number, { free }: Pick<Minutes, "free">): number {
  return Math.max(0, minutes - Math.max(0, free));
}

function sum(exchanges: readonly Exchange[]): number {
  return exchanges.reduce((all, { doc }) => all + doc.minutes, 0);
}

/** On which side of an exchange an account stands; null for neither. */
export function sideOf({ doc }: Pick<Exchange, "doc">, accountId: string): Side | null {
  if (doc.giver_account_id === accountId) return "giver";
  return doc.receiver_account_id === accountId ? "receiver" : null;
}

/** Nothing has moved yet, and nobody has ended it, here or on the server. */
export function isOpen(exchange: Pick<Exchange, "doc" | "commands">): boolean {
  const ends = exchange.commands.some(({ name }) => name === "decline_exchange" || name === "cancel_exchange");
  return !ends && (exchange.doc.status === "proposed" || exchange.doc.status === "confirmed");
}

/** Who receives help has said so: by proposing it, or by confirming it, here or on the server. */
function isPromised(exchange: Exchange): boolean {
  return exchange.doc.proposed_by === "receiver" || hasConfirmed(exchange, "receiver") || exchange.commands.some(({ name }) => name === "confirm_exchange");
}

export function hasConfirmed({ doc }: Pick<Exchange, "doc">, side: Side): boolean {
  return (side === "giver" ? doc.giver_confirmed_at : doc.receiver_confirmed_at) !== null;
}

/** The exchange under way that answers a request. */
export function offerOf(requestId: string, exchanges: readonly Exchange[]): Exchange | undefined {
  return exchanges.find(({ doc }) => doc.request_id === requestId && (doc.status === "proposed" || doc.status === "confirmed"));
}

/** What this phone has proposed and the server has not heard: exchanges as they will be. */
export function proposalsOf(account: Account): Exchange[] {
  return account.commands.filter(({ name }) => name === "propose_exchange").map(({ args }) => proposal(account, args as Args));
}

type Args = { readonly [name: string]: string | number | boolean | null };

function proposal(account: Account, args: Args): Exchange {
  const mine: Side = args["gives"] === true ? "giver" : "receiver";
  const other = (args["with_account_id"] as string | null) ?? "";
  const sides = mine === "giver" ? [account.id, other] : [other, account.id];
  const names = mine === "giver" ? [account.doc.name, null] : [null, account.doc.name];
  const done = args["done"] === true ? String(args["day_on"]) : null;
  const doc = {
    bank_id: account.doc.bank_id, giver_account_id: sides[0], receiver_account_id: sides[1], giver_name: names[0], receiver_name: names[1],
    minutes: Number(args["minutes"]), category: args["category"], day_on: args["day_on"], note: args["note"] ?? null, proposed_by: mine,
    offer_id: args["offer_id"] ?? null, request_id: args["request_id"] ?? null, status: done === null ? "proposed" : "confirmed",
    giver_confirmed_at: mine === "giver" ? done : null, receiver_confirmed_at: mine === "receiver" ? done : null, ended_at: null,
  };
  return { id: String(args["exchange_id"]), doc: doc as unknown as Exchange["doc"], commands: [] };
}

/** How an exchange stands for one side of it. */
export type Stage =
  | "sending" // proposed on this phone, not heard yet
  | "proposed" // the other side has to say something
  | "asked" // the other side proposed it
  | "mine" // this side has said that it happened
  | "theirs" // the other side has said so, and this one has not
  | "settling" // both have, and the server has not heard it
  | "ending" // taken back on this phone, not heard yet
  | "settled" | "declined" | "cancelled" | "reversed";

export function stageOf(exchange: Exchange, side: Side, isSent = true): Stage {
  const { doc } = exchange;
  if (exchange.commands.some(({ name }) => name !== "confirm_exchange")) return "ending";
  if (doc.status !== "proposed" && doc.status !== "confirmed") return doc.status;
  const other: Side = side === "giver" ? "receiver" : "giver";
  const mine = hasConfirmed(exchange, side) || exchange.commands.some(({ name }) => name === "confirm_exchange");
  if (mine) return hasConfirmed(exchange, other) ? "settling" : "mine";
  if (hasConfirmed(exchange, other)) return "theirs";
  if (!isSent) return "sending";
  return doc.proposed_by === side ? "proposed" : "asked";
}

/** Whether somebody waits for this side. */
export function needsMe(stage: Stage, dayOn: string, today: string): boolean {
  return stage === "asked" || stage === "theirs" || isOver(stage, dayOn, today);
}

/** Its day is over, and nobody has said yet whether it happened. */
export function isOver(stage: Stage, dayOn: string, today: string): boolean {
  return (stage === "asked" || stage === "proposed") && dayOn < today;
}

/** What saying no means: that it did not happen, that it does not suit, or that this side calls its own word off. */
export function noOf(stage: Stage, dayOn: string, today: string): "never" | "decline" | "cancel" {
  if (stage === "theirs" || isOver(stage, dayOn, today)) return "never";
  return stage === "asked" ? "decline" : "cancel";
}

/** Exchanges of an account for its list: what needs it first, then by day; what has ended is left to the statement. */
export function openOf(account: Account, exchanges: readonly Exchange[], today: string): { readonly exchange: Exchange; readonly side: Side; readonly stage: Stage }[] {
  const sent = new Set(exchanges.map(({ id }) => id));
  const all = [...exchanges, ...proposalsOf(account).filter(({ id }) => !sent.has(id))];
  const lines = all.flatMap((exchange) => {
    const side = sideOf(exchange, account.id);
    return side !== null && isOpen(exchange) ? [{ exchange, side, stage: stageOf(exchange, side, sent.has(exchange.id)) }] : [];
  });
  const rank = (line: (typeof lines)[number]): string => `${needsMe(line.stage, line.exchange.doc.day_on, today) ? 0 : 1}${line.exchange.doc.day_on}`;
  return lines.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** What exchanges call whoever has an account. */
export function nameOf(accountId: string, exchanges: readonly Pick<Exchange, "doc">[]): string | null {
  for (const { doc } of exchanges) {
    if (doc.giver_account_id === accountId && doc.giver_name) return doc.giver_name;
    if (doc.receiver_account_id === accountId && doc.receiver_name) return doc.receiver_name;
  }
  return null;
}

type Entry = Pick<Item<"entry">, "id" | "doc">;

interface Books {
  readonly entries: readonly Entry[];
  readonly exchanges: readonly Pick<Exchange, "id" | "doc">[];
  readonly accounts: readonly Pick<Account, "id" | "doc">[];
}

/** With whom a line moved time: by its exchange, or that of the line which it takes back, or by the other side's line, which the desk holds. */
export function otherOf({ id, doc }: Entry, books: Books): string | null {
  const { entries, exchanges, accounts } = books;
  const before = doc.reverses_id === null ? undefined : entries.find((one) => one.doc.transaction_id === doc.reverses_id && one.doc.account_id === doc.account_id);
  const exchange = exchanges.find((one) => one.id === (doc.about_id ?? before?.doc.about_id));
  if (exchange) return exchange.doc.giver_account_id === doc.account_id ? exchange.doc.receiver_name : exchange.doc.giver_name;
  const others = entries.filter((one) => one.id !== id && one.doc.transaction_id === doc.transaction_id);
  return others.length === 1 ? (accounts.find((one) => one.id === others[0]?.doc.account_id)?.doc.name ?? null) : null;
}

/** People met in exchanges before, by the number of their account: the latest name of each. */
export function knownOthers(accountId: string, exchanges: readonly Exchange[]): { readonly id: string; readonly name: string }[] {
  const known = new Map<string, string>();
  for (const { doc } of exchanges) {
    const other = doc.giver_account_id === accountId ? [doc.receiver_account_id, doc.receiver_name] : [doc.giver_account_id, doc.giver_name];
    if (other[0] && other[1]) known.set(other[0], other[1]);
  }
  return [...known].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name));
}
