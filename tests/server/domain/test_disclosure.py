"""Small numbers are held back so that subtraction does not bring them back: tried against every table that could be."""

from itertools import product
from random import Random

import pytest

from server.domain.disclosure import LEAST, Table, protect


def shown(table: Table) -> list[list[int | None]]:
    rows, columns = table.size
    return [[table.shown((row, column)) for column in range(columns + 1)] for row in range(rows + 1)]


def possible(table: Table, most: int) -> list[tuple[int, ...]]:
    """Every table of whole numbers that would be published just so: what is hidden is at least 1."""
    rows, columns = table.size
    inner = [(row, column) for row in range(rows) for column in range(columns)]
    choices = [range(1, most + 1) if cell in table.hidden else [table.value(cell)] for cell in inner]
    return [values for values in product(*choices) if _agrees(table, values)]


def _agrees(table: Table, values: tuple[int, ...]) -> bool:
    rows, columns = table.size
    other = Table([values[row * columns : (row + 1) * columns] for row in range(rows)])
    sums = [cell for cell in table.cells() if cell[0] == rows or cell[1] == columns]
    return all(
        other.value(cell) > 0 if cell in table.hidden else other.value(cell) == table.value(cell) for cell in sums
    )


def told(table: Table, most: int) -> list[tuple[int, int]]:
    """Name the small cells that whoever reads the table can work out."""
    rows, columns = table.size
    worlds = possible(table, most)
    return [
        (row, column) for row in range(rows) for column in range(columns)
        if 0 < table.counts[row][column] < LEAST and len({world[row * columns + column] for world in worlds}) == 1
    ]  # fmt: skip


def test_a_table_without_small_numbers_is_shown_whole() -> None:
    assert shown(protect([[5, 0], [9, 20]])) == [[5, 0, 5], [9, 20, 29], [14, 20, 34]]


def test_a_small_cell_takes_a_neighbour_in_its_row_and_its_column_with_it() -> None:
    assert shown(protect([[3, 10], [20, 30]])) == [[None, None, 13], [None, None, 50], [23, 40, 63]]


def test_the_cheapest_neighbours_go() -> None:
    table = protect([[3, 50, 6], [7, 60, 40], [70, 80, 8]])
    assert table.hidden == {(0, 0), (0, 2), (1, 0), (1, 2)} or table.hidden == {
        (0, 0), (0, 2), (2, 0), (2, 2)}  # fmt: skip


def test_two_small_cells_whose_sum_gives_them_away_are_not_left_alone() -> None:
    table = protect([[1, 1], [9, 9]])  # 1 + 1 = 2 has no other parts, and with the sum hidden it is 20 - 18 still
    assert told(table, 9) == []


def test_a_single_small_cell_in_one_row_hides_its_sums_as_well() -> None:
    assert told(protect([[2, 0, 0]]), 9) == []


def test_a_zero_is_shown_and_a_sum_below_five_is_not() -> None:
    table = protect([[0, 3], [0, 9]])
    assert table.shown((0, 0)) == 0
    assert table.shown((0, 2)) is None


@pytest.mark.parametrize("seed", range(25))
def test_no_small_cell_of_any_table_can_be_worked_out(seed: int) -> None:
    dice = Random(seed)  # tables for a test
    rows, columns = dice.choice([(1, 3), (2, 2), (3, 1)])
    counts = [[dice.choice([0, 0, 1, 2, 3, 4, 5, 6, 7]) for _ in range(columns)] for _ in range(rows)]
    table = protect(counts)
    for cell in table.cells():
        assert not (0 < (table.shown(cell) or 0) < LEAST)
    assert told(table, 9) == [], counts


def test_a_table_of_nobody_is_a_table_of_noughts() -> None:
    assert shown(protect([[0, 0]])) == [[0, 0, 0], [0, 0, 0]]
    assert protect([]).hidden == set()
