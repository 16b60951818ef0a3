"""Small numbers: which cells of a table of people are held back so that nobody can be told from it, nor by subtraction.

A cell from 1 to 4 is held back. So are others, until no held-back small cell follows from what is shown: rows and
columns add up to their totals, and no held-back cell is 0, as a 0 is shown. That is decided exactly. With the totals'
signs turned, every row and column sums to 0, so what the hidden cells may be is a circulation in a graph of rows and
columns, and a cell can be another number exactly when a cycle through it may carry one unit more.
Source: Gusfield, A graph theoretic approach to statistical data security, SIAM Journal on Computing 17 (1988).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Final

#: The least number of people that is shown.
LEAST: Final = 5

Cell = tuple[int, int]
#: A step from a line of the table to another across a cell: a line, then whether the cell would grow.
_Step = tuple[int, Cell]


@dataclass(slots=True)
class Table:
    """Counts of people, shape (rows, columns), whose sums are shown too: the last row and the last column.

    counts : without the sums, each 0 or more. hidden : cells held back, sums among them.
    """

    counts: Sequence[Sequence[int]]
    hidden: set[Cell] = field(default_factory=set)

    @property
    def size(self) -> tuple[int, int]:
        """Give the numbers of rows and of columns, without the sums."""
        return len(self.counts), len(self.counts[0]) if self.counts else 0

    def value(self, cell: Cell) -> int:
        """Give a cell or a sum."""
        row, column = cell
        rows, columns = self.size
        chosen = self.counts if row == rows else self.counts[row : row + 1]
        return sum(sum(line) if column == columns else line[column] for line in chosen)

    def cells(self) -> Iterator[Cell]:
        """Name every cell, the sums included."""
        rows, columns = self.size
        return ((row, column) for row in range(rows + 1) for column in range(columns + 1))

    def shown(self, cell: Cell) -> int | None:
        """Give what is published of a cell: None when it is held back."""
        return None if cell in self.hidden else self.value(cell)


def protect(counts: Sequence[Sequence[int]]) -> Table:
    """Hold back what would tell on somebody. counts : shape (rows, columns), without sums.

    The table has its sums as a further row and a further column. Where nothing less helps, all of it is held back.
    """
    table = Table(counts)
    values = {cell: table.value(cell) for cell in table.cells()}
    small = [cell for cell, value in values.items() if 0 < value < LEAST]
    table.hidden.update(small)
    while known := [cell for cell in small if not _may_differ(cell, table, values)]:
        way = _way(known[0], table, values, table.hidden | {cell for cell, value in values.items() if value})
        new = set(way or values) - table.hidden
        if not new:
            break
        table.hidden |= new
    if any(not _may_differ(cell, table, values) for cell in small):
        table.hidden.update(values)
    return table


def _may_differ(cell: Cell, table: Table, values: Mapping[Cell, int]) -> bool:
    """Say whether a hidden cell could be another number, for all that is shown; if all is hidden, it could."""
    return len(table.hidden) == len(values) or _way(cell, table, values, table.hidden) is not None


def _way(cell: Cell, table: Table, values: Mapping[Cell, int], among: set[Cell]) -> list[Cell] | None:
    """Find cells of `among` that could change together with this one, at the least cost of what is shown now."""
    ways = [found for grows in (True, False) if (found := _cheapest(cell, grows, table, values, among))]
    return min(ways, key=lambda found: sum(values[one] for one in found if one not in table.hidden), default=None)


def _cheapest(cell: Cell, grows: bool, table: Table, values: Mapping[Cell, int], among: set[Cell]) -> list[Cell] | None:
    """Find the way back that closes a cycle through a cell which grows, or shrinks: Dijkstra over rows and columns."""
    if not _may_move(cell, grows, table, values):
        return None
    row, column = cell[0], -1 - cell[1]  # columns are numbered below 0
    start, end = (column, row) if grows else (row, column)
    heap: list[tuple[int, int, tuple[Cell, ...]]] = [(0, start, ())]
    seen: set[int] = set()
    while heap:
        cost, line, way = heappop(heap)
        if line == end:
            return [cell, *way]
        if line in seen:
            continue
        seen.add(line)
        for after, step in _steps(line, table, values, among - {cell}):
            dearer = 0 if step in table.hidden else values[step]
            heappush(heap, (cost + dearer, after, (*way, step)))
    return None


def _steps(line: int, table: Table, values: Mapping[Cell, int], among: set[Cell]) -> Iterator[_Step]:
    """Give the lines that one unit may go on to: from a row by a cell that grows, from a column by one that shrinks."""
    rows, columns = table.size
    others = range(columns + 1) if line >= 0 else range(rows + 1)
    for other in others:
        cell = (line, other) if line >= 0 else (other, -1 - line)
        if cell in among and _may_move(cell, line >= 0, table, values):
            yield (-1 - other if line >= 0 else other), cell


def _may_move(cell: Cell, grows: bool, table: Table, values: Mapping[Cell, int]) -> bool:
    """Say whether a cell may move in the graph: a sum has its sign turned, and nothing hidden falls to 0."""
    rows, columns = table.size
    is_sum = (cell[0] == rows) != (cell[1] == columns)
    return grows != is_sum or values[cell] > 1
