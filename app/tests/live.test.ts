import { expect, test } from "vitest";
import type { Change, SyncClient } from "@contract/sync/index.ts";
import { Live } from "../src/data/live.ts";

/** A client whose list can be answered at will. */
function fakeClient() {
  let tell: (change: Change) => void = () => undefined;
  const answers: ((rows: readonly object[]) => void)[] = [];
  const client = {
    subscribe: (listener: (change: Change) => void) => void (tell = listener),
    list: () => new Promise((done) => answers.push(done)),
  };
  return { client: client as unknown as SyncClient, answers, tell: (kind: string) => tell({ kinds: new Set([kind]) }) };
}

/** Let what was promised come about. */
const soon = async (): Promise<void> => new Promise((done) => setTimeout(done));

test("a list is fresh once it was read, and not again until it was read after a change", async () => {
  const { client, answers, tell } = fakeClient();
  const live = new Live(client);
  expect(live.isFresh(["task"])).toBe(false);
  expect(live.list("task")).toBeUndefined();
  expect(live.isFresh(["task"])).toBe(false);
  answers[0]?.([]);
  await soon();
  expect(live.isFresh(["task"])).toBe(true);

  tell("task");
  expect(live.list("task")).toEqual([]); // the old value, while the new one is read
  expect(live.isFresh(["task"])).toBe(false);
  answers[1]?.([{ kind: "task", id: "t1", doc: {} }]);
  await soon();
  expect(live.isFresh(["task"])).toBe(true);
  expect(live.list("task")?.map(({ id }) => id)).toEqual(["t1"]);
});

test("a change that comes while a list is being read makes that reading stale", async () => {
  const { client, answers, tell } = fakeClient();
  const live = new Live(client);
  live.list("task");
  tell("task");
  answers[0]?.([]);
  await soon();
  expect(live.isFresh(["task"])).toBe(false);
});
