import assert from "node:assert/strict";
import { test } from "node:test";
import { LivePokes, type Pause } from "../../sync/live.ts";
import type { Messenger } from "../../sync/messenger.ts";
import { OfflineError, ProblemError } from "../../sync/problems.ts";
import { sentEvents, type SentEvent } from "../../sync/sse.ts";
import { problem } from "./fake_server.ts";
import { phone, signedIn, worldOf } from "./phones.ts";

async function* texts(...pieces: string[]): AsyncGenerator<string> {
  yield* pieces;
}

async function eventsOf(...pieces: string[]): Promise<[SentEvent[], number | null]> {
  const hints = { retry: null as number | null };
  const events: SentEvent[] = [];
  for await (const event of sentEvents(texts(...pieces), hints)) events.push(event);
  return [events, hints.retry];
}

test("events are read whole however their text is cut", async () => {
  const text = "retry: 3000\n\n:\n\nevent: head\nid: 7\ndata: {\"head\": 7}\n\n: alive\r\n\r\ndata:a\rdata: b\r\r";
  const whole = await eventsOf(text + "\n");
  assert.deepEqual(whole, [[{ event: "head", data: '{"head": 7}', id: "7" }, { event: "message", data: "a\nb", id: null }], 3000]);
  for (let cut = 1; cut < text.length; cut += 1) assert.deepEqual(await eventsOf(text.slice(0, cut), text.slice(cut), "\n"), whole, `cut at ${cut}`);
  assert.deepEqual(await eventsOf("data: half an event\n"), [[], null]);
});

/** What the server does with each connection in turn; "held" stays open until the phone leaves. */
type Turn = { text?: string[]; then?: "held" | Error } | Error;

function listening(turns: Turn[], more: { path?: () => string | null; silent?: boolean } = {}) {
  const seen = { asked: [] as (string | undefined)[], heads: [] as number[], pauses: [] as number[], ends: [] as (() => void)[] };
  let rest: () => void = () => undefined;
  const idle = new Promise<void>((resolve) => (rest = resolve));
  const messenger = {
    stream: async ({ headers }: { headers: { [name: string]: string } }, signal: AbortSignal) => {
      const turn = turns.shift();
      seen.asked.push(headers["last-event-id"]);
      if (turn === undefined) rest();
      if (turn instanceof Error) throw turn;
      return { status: 200, headers: {}, body: null, chunks: chunksOf(turn ?? { then: "held" }, signal) };
    },
  } as unknown as Messenger;
  async function* chunksOf(turn: Exclude<Turn, Error>, signal: AbortSignal) {
    yield* turn.text ?? [];
    if (turn.then === "held") await new Promise<void>((_, reject) => {
      signal.addEventListener("abort", () => reject(new Error("aborted")), { once: true });
    });
    if (turn.then instanceof Error) throw turn.then;
  }
  // The watch for silence waits until it is told; every other pause is over at once.
  const pause: Pause = (ms, signal) => {
    if (ms === 65_000 && !more.silent) return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    if (ms !== 65_000) seen.pauses.push(ms);
    return Promise.resolve();
  };
  const live = new LivePokes({
    messenger, chance: () => 0.5, pause, path: () => Promise.resolve(more.path ? more.path() : "/v1/sync/live"),
    onPoke: (head) => seen.heads.push(head),
  });
  return { live, seen, idle };
}

const poke = (head: number) => `event: head\nid: ${head}\ndata: {"head": ${head}}\n\n`;

test("each poke is heard, and after an end the phone comes back after the server's pause and says what it heard last", async () => {
  const { live, seen, idle } = listening([{ text: ["retry: 8000\n\n", poke(5), poke(6)] }]);
  live.start();
  live.start(); // a second start is none
  await idle;
  assert.deepEqual([seen.heads, seen.asked, seen.pauses], [[5, 6], [undefined, "6"], [12_000]]);
  live.stop();
});

test("what fails again and again is tried with growing pauses, and a busy server's own pause is kept", async () => {
  const busy = new ProblemError(problem("live-away", 503, "wait"), 20);
  const { live, seen, idle } = listening([new OfflineError("gone"), new OfflineError("gone"), new OfflineError("gone"), busy]);
  live.start();
  await idle;
  assert.deepEqual(seen.pauses, [4_500, 4_500, 4_500, 28_000]);
  live.stop();
});

test("a stream that falls silent is left and opened anew", async () => {
  const { live, seen, idle } = listening([{ then: "held" }], { silent: true });
  live.start();
  await idle;
  assert.equal(seen.asked.length, 2);
  live.stop();
});

test("nothing is asked where the manifest names no stream, nor while a person has to sign in", async () => {
  const none = listening([], { path: () => null });
  none.live.start();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(none.seen.asked, []);

  const out = listening([new ProblemError(problem("not-signed-in", 401, "sign-in"))]);
  out.live.start();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([out.seen.asked.length, out.seen.pauses], [1, []]);
  out.live.start(); // after the sign-in
  await out.idle;
  out.live.stop();
});

test("once stopped, nothing is heard and nothing is asked", async () => {
  const { live, seen, idle } = listening([]);
  live.start();
  await idle;
  live.stop();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([seen.asked.length, seen.heads], [1, []]);
});

test("a stream is opened with the renewed sign-in when the old one has run out", async () => {
  const server = worldOf("a");
  const tokens: (string | undefined)[] = [];
  const transport = {
    ...server.transport(),
    stream: async ({ headers }: { headers: { [name: string]: string } }) => {
      tokens.push(headers["authorization"]);
      if (tokens.length === 1) return { status: 401, headers: {}, body: problem("token-expired", 401, "sign-in"), chunks: texts() };
      return { status: 200, headers: {}, body: null, chunks: texts(poke(3)) };
    },
  };
  const ann = await signedIn(server, "ann-1", { transport });
  await ann.sync();
  ann.manifest = () => Promise.resolve({ live: "/v1/sync/live" } as never);
  const heard = await new Promise<number>((resolve) => {
    const live = ann.pokes((head) => (live.stop(), resolve(head)));
    live.start();
  });
  assert.equal(heard, 3);
  assert.equal(new Set(tokens).size, 2);
});

test("a network that cannot stream gets no pokes and goes on polling", async () => {
  const client = phone(worldOf("a"), "ann-1");
  const live = client.pokes(() => assert.fail("poked"));
  live.start();
  await new Promise((resolve) => setImmediate(resolve));
  live.stop();
});
