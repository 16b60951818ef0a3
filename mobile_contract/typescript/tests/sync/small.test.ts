import assert from "node:assert/strict";
import { test } from "node:test";
import { scopesOf } from "../../../generated/contract.ts";
import { difference, newFields } from "../../sync/edit.ts";
import { tick } from "../../sync/hlc.ts";
import { replay, view } from "../../sync/overlay.ts";
import type { OutboxEntry, StoredRecord } from "../../sync/ports.ts";
import { delayMs } from "../../sync/retry.ts";
import { uuid7 } from "../../sync/uuid7.ts";

test("an id begins with its time, in milliseconds, and says that it is version 7", () => {
  // RFC 9562, A.6: 2022-02-22T14:22:22-05:00 is 0x017F22E279B0.
  assert.equal(uuid7(0x017f22e279b0, () => 0), "017f22e2-79b0-7000-8000-000000000000");
  assert.equal(uuid7(0x017f22e279b0, () => 0.9999), "017f22e2-79b0-7fff-bfff-ffffffffffff");
});

test("the clock counts within a millisecond and runs backwards only when the phone's was put right", () => {
  const first = tick(undefined, 1_700_000_000_000, "d");
  assert.equal(first, "1700000000000-0000-d");
  assert.equal(tick(first, 1_700_000_000_000, "d"), "1700000000000-0001-d");
  assert.equal(tick(first, 1_699_999_700_000, "d"), "1700000000000-0001-d");
  assert.equal(tick(first, 1_699_999_699_999, "d"), "1699999699999-0000-d");
  assert.equal(tick(first, 1_700_000_000_005, "d"), "1700000000005-0000-d");
  assert.equal(tick("1700000000000-ffff-d", 1_700_000_000_000, "d"), "1700000000001-0000-d");
});

test("waiting doubles, is capped at five minutes, and never undercuts what the server asked", () => {
  assert.equal(delayMs(1, () => 0.5), 1_000);
  assert.equal(delayMs(3, () => 0.5), 4_000);
  assert.equal(delayMs(50, () => 1), 300_000);
  assert.equal(delayMs(1, () => 0, 30), 30_000);
});

test("scopes follow from the document", () => {
  assert.deepEqual(scopesOf("person", "p", { team_id: "t1" }), ["caseload:t1"]);
  assert.deepEqual(scopesOf("volunteer", "v1", { centre_id: "c1" }), ["volunteer:v1", "centre:c1"]);
  assert.deepEqual(scopesOf("task_detail", "x", { centre_id: "c1", claimant_id: null }), ["centre:c1"]);
  assert.deepEqual(scopesOf("district", "x", {}), ["directory:county"]);
  assert.deepEqual(scopesOf("conflict", "x", { scopes: ["a:1", "b:2"] }), ["a:1", "b:2"]);
  assert.deepEqual(scopesOf("unheard_of", "x", {}), []);
});

test("a patch carries differences: of sets what to add and remove, of counters how much, of the rest only what changes", () => {
  const person = { given_name: "Ann", languages: ["en", "pl"], max_km: 5 };
  const set = difference("person", person, { given_name: "Ann", languages: ["en", "tr"], max_km: 8 });
  assert.deepEqual(set, { languages: { add: ["tr"], remove: ["pl"] }, max_km: 8 });
  assert.deepEqual(difference("placement", { attended: 3 }, { attended: 5 }), { attended: { delta: 2 } });
  assert.deepEqual(difference("person", person, { languages: ["pl", "en"] }), {});
});

test("half a character and null characters are left out, whole emoji stay", () => {
  const text = "tea \u{1F375}\0 and \uD83C";
  const set = newFields("note", { person_id: "p", team_id: "t", type: "call", written_at: "x", text });
  assert.equal(set["text"], "tea \u{1F375} and ");
  assert.deepEqual(difference("person", {}, { what_matters: "\uDF75!" }), { what_matters: "!" });
});

test("a screen that writes what it must not hears so at once", () => {
  assert.throws(() => difference("person", {}, { shoe_size: 9 }), /person has no field shoe_size/);
  assert.throws(() => difference("note", { text: "a" }, { text: "b" }), /written once/);
  assert.throws(() => difference("task", {}, { claimed_at: "2026-11-21T00:00:00Z" }), /only the server/);
  assert.throws(() => newFields("note", { text: "a" }), /a new note needs person_id/);
  assert.throws(() => newFields("nothing", {}), /no kind nothing/);
});

function entry(more: Partial<OutboxEntry>): OutboxEntry {
  return {
    mid: "m", order: 1, lseq: null, kind: "person", id: "p", op: "patch", base: 3, set: {}, hlc: "h", command: null,
    made_at: "t", deferred: false, ...more,
  };
}

test("a person sees the server's record with their own changes on top", () => {
  const record: StoredRecord = {
    kind: "person", id: "p", version: 3, doc: { given_name: "Ann", languages: ["en"] }, scopes: [], generation: 0,
  };
  const entries = [entry({ set: { given_name: "Anne" } }), entry({ set: { languages: { add: ["pl"], remove: ["en"] } } })];
  const seen = view("person", "p", record, entries);
  assert.deepEqual([seen?.doc, seen?.version, seen?.pending], [{ given_name: "Anne", languages: ["pl"] }, 3, true]);
  assert.equal(view("person", "p", record, [entry({ op: "delete" })]), undefined);
});

test("a new record has the defaults of its kind, and server-owned fields stay the server's", () => {
  const doc = replay(undefined, entry({ kind: "placement", op: "create", set: { attended: 2, place_held: "accepted" } }));
  assert.deepEqual([doc?.["status"], doc?.["attended"], doc?.["place_held"]], ["chosen", 2, "none"]);
});

test("a counter's differences add up", () => {
  const doc = replay({ attended: 2 }, entry({ kind: "placement", set: { attended: { delta: 3 } } }));
  assert.equal(doc?.["attended"], 5);
});
