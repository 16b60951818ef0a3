/** Which values a program reads, directly or through others, so that only those are worked out. */

import type { Program } from "./language.ts";

/** The names in a program: of inputs, of values, and of tables, which begin with #. */
export function namesIn(program: Program): string[] {
  if (typeof program === "string") return [program];
  return Array.isArray(program) ? program.slice(1).flatMap((term) => namesIn(term as Program)) : [];
}

/** Values by their place in a pack, in whose order each reads earlier ones only. */
export class Needed {
  private readonly place: ReadonlyMap<string, number>;
  private readonly taken = new Set<number>();
  private readonly values: readonly (readonly [string, Program])[];

  constructor(values: readonly (readonly [string, Program])[]) {
    this.values = values;
    this.place = new Map(values.map(([name], n) => [name, n]));
  }

  /** What these names need that nothing before needed, in order; from now on it counts as worked out. */
  new(names: readonly string[]): number[] {
    const found = this.besides(names);
    for (const each of found) this.taken.add(each);
    return found;
  }

  /** The same, for names that may not be read at all. */
  besides(names: readonly string[]): number[] {
    const found = new Set<number>();
    const waiting = [...names];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const place = this.place.get(name);
      if (place === undefined || found.has(place) || this.taken.has(place)) continue;
      found.add(place);
      waiting.push(...namesIn((this.values[place] as readonly [string, Program])[1]));
    }
    return [...found].sort((a, b) => a - b);
  }
}
