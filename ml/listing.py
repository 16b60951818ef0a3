"""Tables of the command line. No value is ever cut: people copy ids from them, and programs read them through pipes."""

import shutil
import sys
from collections.abc import Sequence

import click
from rich.cells import cell_len

_GAP = "  "
#: Stands in a pipe where there is nothing, so that columns can be counted.
_NOTHING = "-"


class Listing:
    """Rows below headings, printed at once.

    Through a pipe each row is one line, however long. At a terminal too, if all of them fit its width (or COLUMNS);
    else each row becomes a block of lines, one a heading, and the terminal folds what is still too long.
    """

    def __init__(self, *headings: str, title: str = "", right: Sequence[str] = ()) -> None:
        """Begin a table. right : headings of figures, whose columns end at the right."""
        self._headings, self._title, self._right = headings, title, frozenset(right)
        self._rows: list[tuple[str, ...]] = []

    def add(self, *cells: object) -> None:
        """Add a row: a cell a heading."""
        if len(cells) != len(self._headings):
            raise ValueError(f"{len(self._headings)} cells are needed, not {len(cells)}")
        self._rows.append(tuple(visible(str(cell)) for cell in cells))

    def print(self) -> None:
        """Write it to standard output."""
        if self._title:
            click.echo(visible(self._title))
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        for line in self.lines(width):
            click.echo(line)

    def lines(self, width: int | None) -> list[str]:
        """Give its lines. width : of the terminal, None for a pipe."""
        rows = self._rows if width is not None else [tuple(cell or _NOTHING for cell in row) for row in self._rows]
        lines = self._aligned(rows)
        if width is None or all(cell_len(line) <= width for line in lines):
            return [click.style(lines[0], bold=True), *lines[1:]] if width is not None else lines
        return self._blocks()

    def _aligned(self, rows: Sequence[Sequence[str]]) -> list[str]:
        table = [self._headings, *rows]
        widths = [max(map(cell_len, column)) for column in zip(*table, strict=True)]
        return [_GAP.join(map(self._padded, self._headings, row, widths)).rstrip() for row in table]

    def _padded(self, heading: str, cell: str, width: int) -> str:
        space = " " * (width - cell_len(cell))
        return space + cell if heading in self._right else cell + space

    def _blocks(self) -> list[str]:
        width = max(map(cell_len, self._headings))
        lines: list[str] = []
        for row in self._rows:
            named = zip(self._headings, row, strict=True)
            lines += [_GAP.join((heading.ljust(width), cell)) for heading, cell in named if cell]
            lines.append("")
        return lines[:-1]


def visible(text: str) -> str:
    """Write what would move the cursor, colour the screen or begin a line as a sign that does not."""
    return "".join(_sign(one) for one in text)


def _sign(one: str) -> str:
    if one.isprintable():
        return one
    return " " if one.isspace() else "\ufffd"
