"""`kith hub`: shelves, wishes and calls are listed, and nobody of whom a call tells."""

from datetime import date

import pytest

from server.cli.workplace import workplace
from server.demo.fieldwork import HUB, made_up_fieldwork
from server.sync.door import Put
from tests.server.cli.conftest import Run

CALL = {"hub_id": HUB, "taken_on": "2026-11-19", "caller_name": "Winnie Cobbold", "relation": "neighbour",
        "given_name": "Albie", "family_name": "Tansley", "urgency": "soon"}  # fmt: skip


@pytest.fixture
def hub(essex: Run) -> Run:
    door = workplace().door("essex")
    door.write(made_up_fieldwork(date(2026, 11, 23)))
    door.write([Put("intake", "call-0", CALL), Put("intake", "call-1", {**CALL, "taken_on": "2026-11-18"})])
    return essex


def rows(said: str) -> list[list[str]]:
    return [line.split() for line in said.splitlines()[1:]]


def test_the_shelf_shows_what_is_left_and_what_is_low(hub: Run) -> None:
    # by hand: 48 tins came in and 9 went out; of 3 blankets 2 went, and 2 is the count at which to find more
    said = rows(hub("hub", "stock", "--tenant", "essex").output)
    assert ["hub-mid", "Tinned", "soup", "Shelf", "1", "tin", "39", "0", "39", "2", "-"] in said
    (low,) = rows(hub("hub", "stock", "--tenant", "essex", "--low").output)
    assert low == ["hub-mid", "Electric", "blanket", "Cupboard", "each", "1", "0", "1", "2", "low"]
    assert rows(hub("hub", "stock", "--tenant", "essex", "--hub", "hub-elsewhere").output) == []


def test_wishes_are_listed_until_they_have_arrived(hub: Run) -> None:
    assert "Winter coats for children" in hub("hub", "wishes", "--tenant", "essex").output
    wish = {"hub_id": HUB, "name": "Winter coats for children", "status": "arrived"}
    workplace().door("essex").write([Put("wish", "wish-0", wish)])
    assert rows(hub("hub", "wishes", "--tenant", "essex").output) == []


def test_calls_that_wait_are_listed_longest_first_and_name_nobody(hub: Run) -> None:
    said = hub("hub", "calls", "--tenant", "essex").output
    assert [row[1] for row in rows(said)] == ["2026-11-18", "2026-11-19", "2026-11-20"]
    assert not [name for name in ("Winnie", "Cobbold", "Albie", "Tansley") if name in said]
