import { expect, test } from "vitest";
import { Tally } from "../src/logic/tally.ts";

interface Slow {
  readonly tally: Tally;
  readonly written: [string, number][];
  /** Let one write come to its end. */
  readonly step: () => Promise<void>;
}

function slow(counts: { [field: string]: number } = { a: 0, b: 0 }): Slow {
  const written: [string, number][] = [];
  const ends: (() => void)[] = [];
  const write = (field: string, by: number): Promise<void> => {
    written.push([field, by]);
    return new Promise((end) => ends.push(end));
  };
  const tally = new Tally(counts, write, () => undefined);
  return { tally, written, step: async () => (ends.shift()?.(), await Promise.resolve(), await Promise.resolve()) };
}

const plain = (counts = { a: 0, b: 0 }, written: [string, number][] = []): Tally =>
  new Tally(counts, (field, by) => (written.push([field, by]), Promise.resolve()), () => undefined);

test("a tap counts at once, before it is on the disk", () => {
  const { tally, written } = slow();
  tally.add("a", 1);
  tally.add("a", 10);
  expect([tally.counts["a"], tally.total, written]).toEqual([11, 11, [["a", 1]]]);
});

test("taps that come while one is being written are written together", async () => {
  const { tally, written, step } = slow();
  tally.add("a", 1);
  for (let n = 0; n < 5; n += 1) tally.add("a", 1);
  tally.add("b", 10);
  await step();
  await step();
  await step();
  expect(written).toEqual([["a", 1], ["a", 5], ["b", 10]]);
});

test("the last tap is taken back whole, and the one before it after that", async () => {
  const written: [string, number][] = [];
  const tally = plain({ a: 3, b: 0 }, written);
  tally.add("a", 10);
  tally.add("b", 1);
  expect(tally.undo()).toEqual({ field: "b", by: 1 });
  expect(tally.last).toEqual({ field: "a", by: 10 });
  tally.undo();
  expect([tally.counts, tally.undo()]).toEqual([{ a: 3, b: 0 }, null]);
  await tally.settled();
  expect(written.reduce((sum, [, by]) => sum + by, 0)).toBe(0);
});

test("a counter never goes below nothing", () => {
  const tally = plain({ a: 2, b: 0 });
  tally.add("a", -10);
  tally.add("b", -1);
  expect([tally.counts, tally.last]).toEqual([{ a: 0, b: 0 }, { field: "a", by: -2 }]);
});

test("a counter never goes past what a record holds, nor down when a colleague's count is past it", () => {
  const tally = plain({ a: 995, b: 1_004 });
  tally.add("a", 10);
  tally.add("b", 1);
  expect([tally.counts, tally.last]).toEqual([{ a: 1_000, b: 1_004 }, { field: "a", by: 5 }]);
});

test("a colleague's taps come in when nothing is being written, and never undo what was tapped meanwhile", async () => {
  const { tally, step } = slow();
  await tally.refresh(async () => ({ a: 4, b: 0 }));
  expect(tally.counts).toEqual({ a: 4, b: 0 });
  const reading = tally.refresh(async () => {
    tally.add("a", 1);
    return { a: 4, b: 0 };
  });
  await reading;
  expect(tally.counts["a"]).toBe(5);
  await step();
  await tally.settled();
  await tally.refresh(async () => ({ a: 9, b: 0 }));
  expect(tally.counts["a"]).toBe(9);
});
