import { expect, test } from "vitest";
import { stillToTell } from "../src/logic/telling.ts";

const UNANSWERED = ["No answer", "I left a message"];
const notice = (id: string, status = "active") => ({ id, doc: { person_id: "p1", status, noticed_at: "2026-11-21T08:00:00Z" } });
const note = (type: string, text: string, written_at = "2026-11-21T09:00:00Z", person_id = "p1") => ({ doc: { person_id, type, text, written_at } });
const left = (...notes: ReturnType<typeof note>[]) => stillToTell([notice("off"), notice("on", "withdrawn")], notes, UNANSWERED).map(({ id }) => id);

test("somebody is told once a later note says that they were spoken to", () => {
  expect(left()).toEqual(["off", "on"]);
  expect(left(note("call", "They know"))).toEqual(["on"]);
  expect(left(note("message", "Wrote to them"))).toEqual(["on"]);
});

test("a note from before, of another, to oneself, or of a call that reached nobody tells nobody", () => {
  expect(left(note("call", "Hello", "2026-11-21T07:00:00Z"))).toEqual(["off", "on"]);
  expect(left(note("call", "Hello", "2026-11-21T09:00:00Z", "p2"))).toEqual(["off", "on"]);
  expect(left(note("note", "Ring them tomorrow"))).toEqual(["off", "on"]);
  expect(left(note("call", "No answer. Try at six"))).toEqual(["off", "on"]);
});
