import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SyncReport } from "@contract/sync/index.ts";
import type { Kith } from "../src/data/kith.ts";
import { Engine } from "../src/sync/engine.ts";
import { Meter } from "../src/sync/meter.ts";

const DONE = { outcome: "done" } as SyncReport;
const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
const machine = new EventTarget();
let syncs = 0;
let state = "ready";
let listens = false;
let poke: (head: number) => void = () => undefined;
let changed: (change: { kinds: null }) => void = () => undefined;
let online = true;
let pollAfter: number | null = null;
let stop: () => void = () => undefined;

function begin(): void {
  const client = {
    status: () => Promise.resolve({ state, retry_at: null, poll_after_s: pollAfter }),
    sync: () => Promise.resolve(((syncs += 1), DONE)),
    subscribe: (fn: typeof changed) => ((changed = fn), () => undefined),
    pokes: (onPoke: typeof poke) => {
      poke = onPoke;
      return { start: () => (listens = true), stop: () => (listens = false) };
    },
  };
  stop = new Engine({ client, live: { changed: () => undefined }, meter: new Meter() } as unknown as Kith, () => undefined).start();
}

async function tell(target: EventTarget, name: string): Promise<void> {
  target.dispatchEvent(new Event(name));
  await vi.advanceTimersByTimeAsync(1);
}

beforeEach(async () => {
  [syncs, state, listens, online, page.visibilityState] = [0, "ready", false, true, "visible"];
  vi.useFakeTimers();
  vi.stubGlobal("document", page);
  vi.stubGlobal("addEventListener", machine.addEventListener.bind(machine));
  vi.stubGlobal("removeEventListener", machine.removeEventListener.bind(machine));
  vi.stubGlobal("navigator", { get onLine() { return online; } });
  begin();
  await vi.advanceTimersByTimeAsync(1);
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a poke starts a sync at once", async () => {
  expect([syncs, listens]).toEqual([1, true]);
  poke(7);
  await vi.advanceTimersByTimeAsync(1);
  expect(syncs).toBe(2);
});

test("without pokes the phone asks again when the server said, or every two minutes", async () => {
  await vi.advanceTimersByTimeAsync(121_000);
  expect(syncs).toBe(2);
  pollAfter = 600;
  poke(7);
  await vi.advanceTimersByTimeAsync(599_000);
  expect(syncs).toBe(3);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(syncs).toBe(4);
  pollAfter = null;
});

test("a hidden page listens no more, and a page that comes back listens again", async () => {
  page.visibilityState = "hidden";
  await tell(page, "visibilitychange");
  expect(listens).toBe(false);
  page.visibilityState = "visible";
  await tell(page, "visibilitychange");
  expect([listens, syncs]).toEqual([true, 2]);
});

test("without a signal nothing listens, and with it again the phone does", async () => {
  online = false;
  await tell(machine, "offline");
  expect(listens).toBe(false);
  online = true;
  await tell(machine, "online");
  expect(listens).toBe(true);
});

test("whoever signs out is poked no more, and whoever signs in is", async () => {
  state = "sign-in";
  changed({ kinds: null });
  await vi.advanceTimersByTimeAsync(1);
  expect(listens).toBe(false);
  state = "ready";
  changed({ kinds: null });
  await vi.advanceTimersByTimeAsync(1);
  expect(listens).toBe(true);
});

test("the end of the engine ends listening", () => {
  stop();
  expect(listens).toBe(false);
});
