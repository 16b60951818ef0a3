/** Two things side by side: what is different comes first, as that is what a choice hangs on. */

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface ComparedRow {
  readonly name: string;
  readonly values: readonly [string, string];
}

export interface Compared {
  readonly different: readonly ComparedRow[];
  readonly same: readonly ComparedRow[];
}

/** Lay the facts of two things side by side, in the order of the first; `none` stands for what one of them does not tell. */
export function compare(a: readonly Fact[], b: readonly Fact[], none: string): Compared {
  const names = [...new Set([...a, ...b].map((fact) => fact.name))];
  const told = (facts: readonly Fact[], name: string): string => facts.find((fact) => fact.name === name)?.value || none;
  const rows = names.map((name): ComparedRow => ({ name, values: [told(a, name), told(b, name)] }));
  return { different: rows.filter(({ values: [left, right] }) => left !== right), same: rows.filter(({ values: [left, right] }) => left === right) };
}

/** Two at most: a third takes the place of the one that was picked first. */
export function picked(before: readonly string[], id: string): readonly string[] {
  return before.includes(id) ? before.filter((one) => one !== id) : [...before, id].slice(-2);
}
