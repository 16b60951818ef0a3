import { expect, test } from "vitest";
import { Once } from "../src/logic/once.ts";

test("a second tap does nothing, while the deed is being done and after", async () => {
  const once = new Once();
  let done = 0;
  const deed = async (): Promise<void> => {
    await Promise.resolve();
    done += 1;
  };
  await Promise.all([once.run(deed), once.run(deed)]);
  await once.run(deed);
  expect(done).toBe(1);
});

test("a deed that was not done, or that failed, may be tried again", async () => {
  const once = new Once();
  await once.run(async () => false);
  await expect(once.run(async () => Promise.reject(new Error("the disk is full")))).rejects.toThrow("the disk is full");
  let done = 0;
  await once.run(async () => (done += 1));
  expect(done).toBe(1);
});
