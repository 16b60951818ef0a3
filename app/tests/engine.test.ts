import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SyncReport } from "@contract/sync/index.ts";
import { MemoryFiles } from "@contract/files/index.ts";
import type { Kith } from "../src/data/kith.ts";
import { Engine } from "../src/sync/engine.ts";
import { Meter } from "../src/sync/meter.ts";

const DONE = { outcome: "done" } as SyncReport;
let syncs = 0;
let state = "ready";
let retryAt: number | null = null;
let asked: string[] = [];

function engine(after: (report: SyncReport) => void = () => undefined): Engine {
  const client = {
    status: () => Promise.resolve({ state, retry_at: retryAt }),
    outbox: () => Promise.resolve([]),
    attention: () => Promise.resolve([]),
    sync: () => {
      syncs += 1;
      return Promise.resolve(DONE);
    },
  };
  return new Engine({ client, live: { changed: () => undefined }, meter: new Meter(), files: new MemoryFiles() } as unknown as Kith, after);
}

beforeEach(() => {
  [syncs, state, retryAt, asked] = [0, "ready", null, []];
  vi.useFakeTimers();
  const request = (name: string, work: () => Promise<unknown>): Promise<unknown> => {
    asked.push(name);
    return work();
  };
  vi.stubGlobal("navigator", { onLine: true, locks: { request } });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("several writes in a row are sent together, after a moment in which they can be taken back", async () => {
  const one = engine();
  one.soon();
  one.soon();
  await vi.advanceTimersByTimeAsync(3000);
  expect(syncs).toBe(0);
  await vi.advanceTimersByTimeAsync(2000);
  expect(syncs).toBe(1);
});

test("nothing is tried without a signal, or before a password that only a person can give", async () => {
  vi.stubGlobal("navigator", { onLine: false });
  engine().soon(0);
  await vi.advanceTimersByTimeAsync(10);
  vi.stubGlobal("navigator", { onLine: true });
  state = "sign-in";
  engine().soon(0);
  await vi.advanceTimersByTimeAsync(10);
  expect(syncs).toBe(0);
});

test("the server is talked to under a lock that spans tabs, and asking twice at once is asking once", async () => {
  const one = engine();
  await Promise.all([one.now(), one.now()]);
  expect([syncs, asked]).toEqual([1, ["kith-sync"]]);
});

test("it comes back when the client says so, and tells what followed", async () => {
  const reports: SyncReport[] = [];
  const one = engine((report) => reports.push(report));
  retryAt = Date.now() + 30_000;
  await one.now();
  retryAt = null;
  await vi.advanceTimersByTimeAsync(29_000);
  expect(syncs).toBe(1);
  await vi.advanceTimersByTimeAsync(2000);
  expect(syncs).toBe(2);
  expect(reports).toEqual([DONE, DONE]);
});

test("a phone that the browser wakes again and again still leaves a server that does not answer its time", async () => {
  const one = engine();
  retryAt = Date.now() + 30_000;
  await one.now();
  for (let second = 0; second < 29; second += 1) {
    await one.woken();
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(syncs).toBe(1);
  retryAt = null;
  await one.woken();
  await vi.advanceTimersByTimeAsync(10);
  expect(syncs).toBe(2);
});

test("the newest app tries again after the server asked for a newer one", async () => {
  state = "upgrade";
  engine().soon(0);
  await vi.advanceTimersByTimeAsync(10);
  expect(syncs).toBe(1);
});
