"""Tables of the command line hold whole values, whatever they are printed on."""

import os
import pty
import subprocess
import sys

import click
import pytest

from ml.listing import Listing

LONG = "0b01b43a-7c1e-4b0f-9d55-0123456789ab"


def table(right=()):
    listing = Listing("name", "scope", "records", right=right)
    listing.add(LONG, "caseload:team-mid", 7)
    listing.add("x", "", 12)
    return listing


def plain(listing, width):
    return [click.unstyle(line) for line in listing.lines(width)]


def test_a_pipe_gets_a_line_a_row_with_whole_values_in_columns():
    assert table(right=("records",)).lines(None) == [
        "name                                  scope              records",
        f"{LONG}  caseload:team-mid        7",
        "x                                     -                       12",
    ]


def test_a_wide_terminal_gets_the_same_lines():
    assert plain(table(), 80)[1] == f"{LONG}  caseload:team-mid  7"


def test_a_narrow_terminal_gets_a_line_a_value():
    assert plain(table(), 60) == [
        f"name     {LONG}",
        "scope    caseload:team-mid",
        "records  7",
        "",
        "name     x",
        "records  12",
    ]


def test_a_table_without_rows_has_its_headings():
    assert Listing("name", "scope").lines(None) == ["name  scope"]


def test_wide_letters_take_two_places():
    listing = Listing("name", "scope")
    listing.add("李雷", "a")
    assert listing.lines(None) == ["name  scope", "李雷  a"]


def test_nothing_in_a_cell_moves_the_cursor_or_colours_the_screen():
    listing = Listing("name", "scope")
    listing.add("[red]a\x1b[31m\nb\u202ec", "[/]")
    assert listing.lines(None)[1] == "[red]a�[31m b�c  [/]"


def test_a_row_has_a_cell_a_heading():
    with pytest.raises(ValueError, match="3 cells are needed, not 1"):
        table().add("x")


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "shown"), [("60", f"name     {LONG}"), ("120", f"{LONG}  caseload:team-mid  7")])
def test_at_a_terminal_columns_says_how_wide_it_is(columns, shown):
    ours, theirs = pty.openpty()
    code = "from tests.ml.test_listing import table; table().print()"
    subprocess.run([sys.executable, "-c", code], stdout=theirs, check=True, env=os.environ | {"COLUMNS": columns})
    os.close(theirs)
    assert shown in os.read(ours, 4096).decode().replace("\r\n", "\n").splitlines()
    os.close(ours)
