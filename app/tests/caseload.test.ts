import { describe, expect, test } from "vitest";
import type { NoteDoc, NoticeDoc, PersonDoc, ReferralDoc } from "@generated/contract.ts";
import { caseload, found, indexPeople, shown, sorted } from "../src/data/caseload.ts";
import type { Item } from "../src/data/live.ts";
import { dueFor } from "../src/logic/due.ts";

const at = { version: 1, pending: false, commands: [] };
const person = (id: string, given_name: string, family_name: string): Item<"person"> =>
  ({ ...at, kind: "person", id, doc: { given_name, family_name } as PersonDoc });
const referral = (id: string, person_id: string, status: ReferralDoc["status"], received_on: string): Item<"referral"> =>
  ({ ...at, kind: "referral", id, doc: { person_id, status, received_on, urgency: "routine" } as ReferralDoc });
const note = (id: string, person_id: string, written_at: string): Item<"note"> =>
  ({ ...at, kind: "note", id, doc: { person_id, written_at } as NoteDoc });

describe("what is due", () => {
  test("a new referral waits for first contact: a day when urgent, a week when not", () => {
    const base = { status: "received" as const, received_on: "2026-11-20" };
    expect(dueFor({ ...base, urgency: "urgent" }, null)).toEqual({ what: "firstContact", by: "2026-11-21" });
    expect(dueFor({ ...base, urgency: "routine" }, "2026-11-25")?.by).toBe("2026-11-27");
  });
  test("later steps count from the last contact", () => {
    const started = { status: "started" as const, urgency: "routine" as const, received_on: "2026-01-01" };
    expect(dueFor(started, "2026-11-01")).toEqual({ what: "askGoing", by: "2026-11-29" });
    expect(dueFor(started, null)?.by).toBe("2026-01-29");
  });
  test("nothing is due once it has ended", () => {
    expect(dueFor({ status: "closed", urgency: "routine", received_on: "2026-01-01" }, null)).toBeNull();
  });
});

describe("the caseload", () => {
  const people = [person("p1", "Zoë", "Brown"), person("p2", "Ann", "Lee-Smith"), person("p3", "Bob", "Adams")];
  const lines = caseload(
    people,
    [referral("r1", "p1", "started", "2026-10-01"), referral("r2", "p2", "received", "2026-11-20"), referral("r3", "p3", "closed", "2026-11-01")],
    [note("n1", "p1", "2026-11-18T10:00:00Z")],
  );
  test("has the most pressing on top and the rest by name", () => {
    expect(lines.map((line) => [line.person.id, line.due?.by ?? null])).toEqual([["p2", "2026-11-27"], ["p1", "2026-12-16"], ["p3", null]]);
  });
  test("is searched by any part of a name, accents and case aside", () => {
    const ids = (typed: string): string[] => found(indexPeople(people), typed).map((line) => line.person.id);
    expect(ids("zoe")).toEqual(["p1"]);
    expect(ids("smith ann")).toEqual(["p2"]);
    expect(ids("xyz")).toEqual([]);
    expect(ids(" ")).toHaveLength(3);
  });
  test("shows those that are asked for, in the order asked for", () => {
    const ids = (show: Parameters<typeof shown>[1]): string[] => shown(lines, show, "2026-11-27", ["closed"]).map((line) => line.person.id);
    expect([ids("due"), ids("new"), ids("active"), ids("ended")]).toEqual([["p2"], ["p2"], ["p1"], ["p3"]]);
    expect(sorted(lines, "name").map((line) => line.person.id)).toEqual(["p3", "p1", "p2"]);
    expect(sorted(lines, "newest").map((line) => line.person.id)).toEqual(["p2", "p3", "p1"]);
  });
  test("has on top whoever must be told that a session is off", () => {
    const off = { ...at, kind: "notice" as const, id: "x", doc: { person_id: "p3", status: "active", noticed_at: "2026-11-21T08:00:00Z" } as NoticeDoc };
    expect(caseload(people, [], [], [off])[0]).toMatchObject({ person: { id: "p3" }, due: { what: "tellOff", by: "2026-11-21" } });
    expect(caseload(people, [], [], [{ ...off, doc: { ...off.doc, status: "withdrawn" } }]).every((line) => line.due === null)).toBe(true);
  });
  test("of five thousand is searched at once", () => {
    const many = indexPeople(Array.from({ length: 5000 }, (_, n) => person(`m${n}`, `Given${n % 70}`, `Family-Name${n}`)));
    const from = performance.now();
    expect(found(many, "given1 name49").length).toBeGreaterThan(0);
    expect(performance.now() - from).toBeLessThan(100);
  });
});
