/** The lines of a report in groups, each a table to read: an area's doors, the answers to one question. */

export interface Line {
  readonly table: string;
  /** An area or a question by its code; `*` for all areas together. */
  readonly group: string;
  readonly name: string;
  /** Null when it is held back. */
  readonly value: number | null;
}

export interface Group {
  readonly code: string;
  readonly lines: readonly Line[];
}

const ALL = "*";

/** What one table holds, group by group as the report has them. All areas together say nothing new where there is but one. */
export function groupsOf(lines: readonly Line[], table: string): Group[] {
  const own = lines.filter((line) => line.table === table);
  const groups = [...new Set(own.map(({ group }) => group))].map((code) => ({ code, lines: own.filter(({ group }) => group === code) }));
  const areas = groups.filter(({ code }) => code !== ALL);
  return areas.length === 1 ? areas : groups;
}
