import { describe, expect, test } from "vitest";
import type { AccountDoc, EntryDoc, ExchangeDoc, OfferDoc } from "@generated/contract.ts";
import { matchesFor, offersFor, ownOffers, requestsFor } from "../src/logic/bank-lists.ts";
import { ownersFor } from "../src/logic/owners.ts";
import { type Account, type Exchange, isOver, knownOthers, minutesOf, nameOf, needsMe, noOf, offerOf, openOf, otherOf, ownOf, overBy, stageOf } from "../src/logic/timebank.ts";

type Commands = Account["commands"];

const account = (balance_min: number, commands: Commands = [], floor_min = -120): Account =>
  ({ id: "me", commands, doc: { balance_min, floor_min, name: "Edith" } as AccountDoc });

const exchange = (id: string, more: Partial<ExchangeDoc> = {}, commands: Commands = []): Exchange => ({
  id, commands,
  doc: {
    giver_account_id: "other", receiver_account_id: "me", giver_name: "Marek", receiver_name: "Edith", minutes: 60, day_on: "2026-11-24",
    proposed_by: "receiver", status: "proposed", giver_confirmed_at: null, receiver_confirmed_at: null, ...more,
  } as ExchangeDoc,
});

const NOTHING = { sending: 0, yours: 0, theirs: 0, help: 0 };

const says = (name: string, args: Commands[number]["args"] = {}): Commands[number] => ({ mid: name, name, args });

test("a request is answered while an exchange for it is under way", () => {
  const about = (status: ExchangeDoc["status"]): Exchange => exchange(status, { request_id: "r", status });
  expect(offerOf("r", [exchange("x"), about("declined"), about("proposed")])?.id).toBe("proposed");
  expect([offerOf("r", [about("cancelled"), about("settled")]), offerOf("other", [about("confirmed")])]).toEqual([undefined, undefined]);
});

describe("What a member can count on", () => {
  test("what was asked for is promised, and is no longer free", () => {
    expect(minutesOf(account(90), [exchange("x")])).toEqual({ balance: 90, promised: 60, leaving: 0, coming: NOTHING, credit: 120, free: 150 });
  });

  test("what another proposed is promised once this member has said yes, on this phone or before", () => {
    const asked = { proposed_by: "giver" } as const;
    expect(minutesOf(account(0), [exchange("x", asked)]).promised).toBe(0);
    expect(minutesOf(account(0), [exchange("x", asked, [says("confirm_exchange")])]).promised).toBe(60);
    expect(minutesOf(account(0), [exchange("x", { ...asked, receiver_confirmed_at: "2026-11-22T10:00:00Z", status: "confirmed" })]).promised).toBe(60);
  });

  test("gifts and proposals that wait on this phone count at once, and once only when the server has them", () => {
    const waits = [says("donate", { minutes: 30 }), says("transfer", { minutes: 15 }), says("propose_exchange", { exchange_id: "x", with_account_id: "o", gives: false, minutes: 45 })];
    expect(minutesOf(account(90, waits), [])).toMatchObject({ promised: 45, leaving: 45, free: 120 });
    expect(minutesOf(account(90, waits), [exchange("x", { minutes: 45 })]).promised).toBe(45);
  });

  test("help that was given comes when both have said so", () => {
    const given = { giver_account_id: "me", receiver_account_id: "other" };
    expect(minutesOf(account(0), [exchange("x", given)]).coming).toEqual({ ...NOTHING, help: 60 });
    expect(minutesOf(account(60), [exchange("x", { ...given, status: "settled" })]).coming).toEqual(NOTHING);
  });

  test("help that was given waits for whose word is missing", () => {
    const [given, at] = [{ giver_account_id: "me", receiver_account_id: "other" }, "2026-11-22T10:00:00Z"];
    const all = [
      exchange("own", { ...given, minutes: 1, receiver_confirmed_at: at }), exchange("other", { ...given, minutes: 2, giver_confirmed_at: at }),
      exchange("said", { ...given, minutes: 4 }, [says("confirm_exchange")]), exchange("both", { ...given, minutes: 8, receiver_confirmed_at: at }, [says("confirm_exchange")]),
    ];
    expect(minutesOf(account(0), all).coming).toEqual({ sending: 8, yours: 1, theirs: 6, help: 0 });
  });

  test("what is called off on this phone frees its minutes at once", () => {
    expect(minutesOf(account(90), [exchange("x", {}, [says("cancel_exchange")])]).promised).toBe(0);
  });

  test("who has an account anew counts on the open one, and who has none open finds the closed one", () => {
    const [closed, open] = (["closed", "open"] as const).map((status) => ({ doc: { volunteer_id: "v", status } as AccountDoc }));
    expect([ownOf([closed, open] as never[], "v"), ownOf([closed] as never[], "v"), ownOf([closed] as never[], "w"), ownOf([closed] as never[], null)]).toEqual([open, closed, undefined, undefined]);
  });

  test("a promise goes as far as the bank allows, and not a minute further", () => {
    expect(overBy(150, minutesOf(account(90), [exchange("x")]))).toBe(0);
    expect(overBy(151, minutesOf(account(90), [exchange("x")]))).toBe(1);
    expect(overBy(30, minutesOf(account(-120), [exchange("x")]))).toBe(30);
  });
});

describe("How an exchange stands", () => {
  const now = "2026-11-22T10:00:00Z";
  test.each([
    ["proposed", {}, []],
    ["asked", { proposed_by: "giver" as const }, []],
    ["mine", { receiver_confirmed_at: now }, []],
    ["mine", {}, [says("confirm_exchange")]],
    ["theirs", { giver_confirmed_at: now }, []],
    ["settling", { giver_confirmed_at: now }, [says("confirm_exchange")]],
    ["ending", { giver_confirmed_at: now }, [says("decline_exchange")]],
    ["settled", { status: "settled" as const }, []],
    ["reversed", { status: "reversed" as const }, []],
  ])("is %s", (stage, more, commands) => {
    expect(stageOf(exchange("x", more, commands), "receiver")).toBe(stage);
  });

  test("what needs this member comes first, and what has ended is gone", () => {
    const lines = openOf(account(0, [says("propose_exchange", { exchange_id: "new", with_account_id: "o", gives: true, minutes: 30, day_on: "2026-11-30" })]), [
      exchange("later", { day_on: "2026-11-23" }), exchange("asked", { proposed_by: "giver", day_on: "2026-12-01" }), exchange("over", { status: "settled" }),
    ], "2026-11-22");
    expect(lines.map(({ exchange: { id }, stage }) => [id, stage])).toEqual([["asked", "asked"], ["later", "proposed"], ["new", "sending"]]);
  });

  test("what was proposed for a day that is over asks whether it happened", () => {
    expect([needsMe("proposed", "2026-11-21", "2026-11-22"), needsMe("proposed", "2026-11-22", "2026-11-22")]).toEqual([true, false]);
  });

  test("it is over when its day has gone by and nobody has said whether it happened", () => {
    expect((["asked", "proposed", "mine"] as const).map((stage) => isOver(stage, "2026-11-21", "2026-11-22"))).toEqual([true, true, false]);
    expect(isOver("asked", "2026-11-22", "2026-11-22")).toBe(false);
  });

  test.each([
    ["asked", "2026-11-23", "decline"], ["asked", "2026-11-21", "never"], ["theirs", "2026-11-22", "never"],
    ["proposed", "2026-11-23", "cancel"], ["proposed", "2026-11-21", "never"], ["mine", "2026-11-21", "cancel"],
  ] as const)("no to what is %s for %s means: %s", (stage, dayOn, no) => {
    expect(noOf(stage, dayOn, "2026-11-22")).toBe(no);
  });

  test("an account is called as an exchange calls it, where one has a name for it", () => {
    const met = [exchange("x", { giver_name: null }), exchange("y")];
    expect([nameOf("other", met), nameOf("me", met), nameOf("nobody", met)]).toEqual(["Marek", "Edith", null]);
  });

  test("people met before are named once, and who has no name yet is not among them", () => {
    const met = [exchange("x"), exchange("y", { giver_account_id: "me", receiver_account_id: "una", receiver_name: "Una" }), exchange("z", { giver_account_id: "?", giver_name: null })];
    expect(knownOthers("me", met)).toEqual([{ id: "other", name: "Marek" }, { id: "una", name: "Una" }]);
  });
});

describe("The lists of a bank", () => {
  const me = { district: "D1", easting: 0, northing: 0, availability: ["tue_am"], languages: ["en", "pl"] };
  const offer = (id: string, more = {}) => ({ id, doc: { status: "active", category: "cooking", other_categories: [], languages: ["en"], availability: [], district: "D2", ...more } as never });
  const request = (id: string, more = {}) => ({ id, doc: { status: "open", category: "cooking", availability: [], district: "D2", ...more } as never });

  test("put first what was asked for, then what is near, and say why", () => {
    const fits = offersFor(me, [offer("far"), offer("near", { easting: 300, northing: 400 }), offer("wanted", { category: "music" }), offer("gone", { status: "closed" })], new Set(["music"]));
    expect(fits.map(({ item, reasons }) => [item.id, reasons])).toEqual([["wanted", [{ why: "asked" }]], ["near", [{ why: "near", metres: 500 }]], ["far", []]]);
  });

  test("name the times and languages that both have", () => {
    const [fit] = offersFor(me, [offer("o", { availability: ["tue_am", "sat_pm"], languages: ["en", "pl"] })], new Set());
    expect(fit?.reasons).toEqual([{ why: "slots", slots: ["tue_am"] }, { why: "languages", languages: ["pl"] }]);
  });

  test("show requests that somebody waits for, those that one could answer first", () => {
    const fits = requestsFor(me, [request("far"), request("here", { district: "D1" }), request("mine", { category: "music" }), request("over", { status: "answered" })], new Set(["music"]));
    expect(fits.map(({ item }) => item.id)).toEqual(["mine", "here", "far"]);
  });

  test("match a request with offers of its sort", () => {
    expect(matchesFor(request("r"), [offer("no", { category: "music" }), offer("also", { category: "music", other_categories: ["cooking"] }), offer("yes", { district: "D2" })]).map(({ item }) => item.id)).toEqual(["also", "yes"]);
  });
});

describe("What a member offers", () => {
  const offer = (id: string, name: string, status = "active") => ({ id, doc: { name, minutes: 60, status } as OfferDoc });
  const detail = (id: string, commands: Commands = []) => ({ id, commands });

  test("what is on the list comes first, and what is being taken off rests at once", () => {
    const lines = ownOffers([detail("1", [says("withdraw_offer")]), detail("2")], [offer("1", "Soup"), offer("2", "Bread")]);
    expect(lines.map(({ name, rests }) => [name, rests])).toEqual([["Bread", false], ["Soup", true]]);
  });

  test("an offer that was woken is told once, as it now is", () => {
    const lines = ownOffers([detail("1"), detail("2"), detail("3")], [offer("1", "Soup", "closed"), offer("2", "Soup", "closed"), offer("3", "Soup")]);
    expect(lines.map(({ id }) => id)).toEqual(["3"]);
  });

  test("two of one name that are both on the list are both told", () => {
    expect(ownOffers([detail("1"), detail("2")], [offer("1", "Soup"), offer("2", "Soup")])).toHaveLength(2);
  });
});

describe("For whom the desk opens an account", () => {
  const of = (id: string, doc: object): never => ({ id, doc }) as never;
  const known = {
    volunteers: [of("v1", { given_name: "Zoë", family_name: "Ash", status: "active" }), of("v2", { given_name: "Ann", family_name: "Ash", status: "active" }), of("v3", { given_name: "Bo", family_name: "Ash", status: "left" })],
    organisations: [of("o1", { name: "Ash Hall" }), of("o2", { name: "Choir" })],
    accounts: [of("a", { owner_id: "v2" })],
  };
  const ids = (...asked: readonly ["person" | "group" | "organisation", string, string]): string[] => ownersFor(...asked, known).map(({ id }) => id);

  test("it is found by name, if it has none yet and has not left", () => {
    expect(ids("person", "zoe ASH", "")).toEqual(["v1"]);
    expect(ids("person", "ash", "")).toEqual(["v1"]);
    expect(ids("group", "ash", "")).toEqual(["o1"]);
  });

  test("nobody is offered before a name is typed, but whoever is chosen stays", () => {
    expect(ids("organisation", " ", "")).toEqual([]);
    expect(ids("organisation", "hall", "o2")).toEqual(["o1", "o2"]);
  });
});

describe("With whom a line moved time", () => {
  const line = (id: string, account_id: string, transaction_id: string, more: Partial<EntryDoc> = {}) =>
    ({ id, doc: { account_id, transaction_id, about_id: null, reverses_id: null, ...more } as EntryDoc });
  const entries = [
    line("help", "me", "1", { about_id: "x" }), line("back", "me", "2", { reverses_id: "1" }), line("gift", "me", "3"), line("got", "una", "3"),
    line("session", "me", "4"), line("one", "una", "4"), line("two", "bo", "4"), line("alone", "me", "5"),
  ];
  const books = { entries, exchanges: [exchange("x")], accounts: [{ id: "una", doc: { name: "Una" } as AccountDoc, commands: [] }] };
  test.each([
    ["help", "Marek"], ["back", "Marek"], ["gift", "Una"], ["session", null], ["alone", null],
  ])("%s: %s", (id, name) => {
    const entry = entries.find((one) => one.id === id);
    expect(entry && otherOf(entry, books)).toBe(name);
  });
});
