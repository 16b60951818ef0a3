"""PULL-CRASH-ANYWHERE: a phone that dies before, within or after storing a page ends up like one that never does."""

import random

import pytest

from server.sync.ports import Store
from tests.builders import Phone, prescriber
from tests.promises.shelves import apply, everything
from tests.promises.test_15_snapshot_plus_tail import BOTH, stir


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_a_page_that_was_lost_half_applied_or_not_noted_is_simply_asked_for_again(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    phone, held = Phone(store, prescriber(scopes=BOTH)), {}
    stored: str | None = None
    for _ in range(5):
        stir(store, chance, 12)
        more = True
        while more:
            phone.cursor = stored
            page = phone.pull(limit=4)
            died = chance.random() < 0.4
            some = page.rows[: chance.randrange(len(page.rows) + 1)] if died else page.rows
            apply(held, page.__class__(page.cursor, page.more, page.consistent, page.evict, some, page.acked_lseq))
            stored, more = (stored, True) if died else (page.cursor, page.more)
    assert held == everything(phone)
