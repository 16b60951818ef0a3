import { describe, expect, test } from "vitest";
import { standingOf } from "../src/logic/standing.ts";

const here = { lseq: null, deferred: false };
const going = { lseq: 4, deferred: false };
const early = { lseq: 3, deferred: true };

describe("a record stands", () => {
  test.each([
    ["as sent when nothing of it waits", [], "ready", "sent"],
    ["as saved here when a change has no number yet", [going, here], "ready", "here"],
    ["as on its way when all was sent and nothing answered", [going], "ready", "going"],
    ["as early when the server waits for its parent", [early], "ready", "early"],
    ["as waiting for a password", [here], "sign-in", "sign-in"],
    ["as waiting for a newer app", [going], "upgrade", "upgrade"],
  ] as const)("%s", (_, entries, state, stands) => expect(standingOf(entries, state)).toBe(stands));

  test("as saved here when the record says so before the outbox was read", () => expect(standingOf([], "ready", true)).toBe("here"));
});
