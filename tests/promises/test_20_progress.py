"""PROGRESS: as long as there is more, every page brings the phone on, however small it is asked to be."""

import random

import pytest

from server.sync import model
from server.sync.door import Put
from server.sync.ports import Store
from tests.builders import TEAM, Phone, door, person, prescriber
from tests.promises.test_15_snapshot_plus_tail import BOTH, stir


@pytest.mark.parametrize(("limit", "max_bytes"), [(1, 1), (2, 10**6), (500, 1), (3, 900)])
def test_every_page_moves_the_cursor_until_the_head(store: Store, limit: int, max_bytes: int) -> None:
    stir(store, random.Random(limit), 40)
    phone = Phone(store, prescriber(scopes=(*BOTH, "caseload:empty")))
    cursors: list[str | None] = [None]
    more = True
    while more:
        page = phone.pull(limit=limit, max_bytes=max_bytes)
        assert len(page.rows) <= max(limit, 1)
        more = page.more
        cursors.append(page.cursor)
        assert len(cursors) < 200
    assert len(set(cursors)) == len(cursors)
    assert page.consistent


def test_grants_that_change_between_pages_neither_stop_nor_repeat_a_pull(store: Store) -> None:
    for team in ("team-a", "team-b", "team-c"):
        door(store).write(Put("person", f"{team}-{number}", person(team)) for number in range(6))
    phone = Phone(store, prescriber(scopes=BOTH))
    grants = [BOTH, BOTH[1:], (*BOTH, "caseload:team-c"), BOTH[1:], (*BOTH, "caseload:team-c")]
    seen, evicted, pages = [], [], 0
    more = True
    while more or pages < len(grants):
        phone.principal = prescriber(scopes=grants[min(pages, len(grants) - 1)])
        page = phone.pull(limit=2)
        pages, more = pages + 1, page.more
        seen += [row.id for row in page.rows]
        evicted += page.evict
        assert pages < 40
    assert page.consistent
    assert sorted(set(seen)) == sorted(f"{team}-{n}" for team in ("team-a", "team-b", "team-c") for n in range(6))
    assert set(evicted) == {"caseload:team-a", "caseload:team-c"}


@pytest.mark.parametrize(("name", "most"), [("MOST_ROWS", 7), ("MOST_BYTES", 1_500)])
def test_however_large_a_page_is_asked_for_it_stays_bounded_and_the_phone_gets_everything(
    store: Store, monkeypatch: pytest.MonkeyPatch, name: str, most: int
) -> None:
    monkeypatch.setattr(model, name, most)
    door(store).write(Put("person", f"p{number:02}", person(TEAM[9:])) for number in range(24))
    phone, ids, pages, more = Phone(store, prescriber()), [], 0, True
    while more:
        page = phone.pull(limit=5_000, max_bytes=4 * 1024 * 1024)
        more, pages = page.more, pages + 1
        assert len(page.rows) == 1 or len(page.rows) <= model.MOST_ROWS
        assert len(page.rows) == 1 or sum(len(row.doc or "") for row in page.rows) <= model.MOST_BYTES
        ids += [row.id for row in page.rows]
    assert ids == [f"p{number:02}" for number in range(24)]
    assert pages >= 4
    assert page.consistent
