import { expect, test } from "vitest";
import { MemoryFiles } from "@contract/files/index.ts";
import type { AttentionEntry, OutboxEntry, Problem, Status } from "@contract/sync/index.ts";
import { statusOf, unsentFiles } from "../src/data/unsent.ts";
import { mayHelp } from "../src/logic/again.ts";

function problem(slug: string, remedy = "drop"): Problem {
  return { type: `/problems/${slug}`, title: "", status: 409, detail: "", remedy } as Problem;
}

async function phone(outbox: readonly string[], attention: readonly string[], files: { readonly [id: string]: Problem | null }) {
  const store = new MemoryFiles();
  for (const [id, refused] of Object.entries(files)) await store.put({ id, bytes: new Uint8Array(1), url: null, queued_at: 1, refused });
  const client = {
    status: async () => ({ waiting: outbox.length, attention: attention.length }) as Status,
    outbox: async () => outbox.map((id) => ({ id }) as OutboxEntry),
    attention: async () => attention.map((id) => ({ id }) as AttentionEntry),
  };
  return { client, files: store };
}

test("a file waits like a change once its record has gone, and is told with its record until then", async () => {
  const before = await phone(["a", "note"], [], { a: null });
  expect([(await unsentFiles(before)).length, (await statusOf(before)).waiting]).toEqual([0, 2]);
  const after = await phone(["note"], [], { a: null });
  expect([(await unsentFiles(after)).map(({ id }) => id), (await statusOf(after)).waiting]).toEqual([["a"], 2]);
});

test("a file that was refused needs the person, and no longer waits; one whose record was refused is told with that", async () => {
  const { waiting, attention } = await statusOf(await phone([], ["b"], { a: problem("file-too-large"), b: null }));
  expect([waiting, attention]).toEqual([0, 2]);
});

test("trying again is offered where the cause can pass, and not where the server would refuse it again", () => {
  const again = (slug: string, remedy?: string): boolean => mayHelp(problem(slug, remedy));
  expect(["step-out-of-order", "not-qualified", "below-floor", "upload-invalid"].map((slug) => again(slug))).toEqual([true, true, true, true]);
  expect([again("files-full", "wait"), again("of-a-newer-server", "wait")]).toEqual([true, true]);
  const final = ["no-place-left", "task-already-claimed", "not-yours", "read-only", "file-too-large", "erased", "conflict-already-resolved"];
  expect(final.filter((slug) => again(slug))).toEqual([]);
});
