import { test } from "node:test";
import { MemoryStore } from "../../sync/memory.ts";
import { storeSuite } from "../../sync/conformance.ts";

for (const it of storeSuite) test(it.name, () => it.run(async () => new MemoryStore()));
