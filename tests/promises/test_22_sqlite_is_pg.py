"""SQLITE-IS-PG: the same script, the same transcript, on memory, SQLite and PostgreSQL."""

import pytest

from tests.builders import KINDS
from tests.promises.world import World, contents


@pytest.mark.slow
def test_every_store_answers_alike_and_ends_alike(pair: tuple[World, World]) -> None:
    first, second = pair
    assert first.transcript == second.transcript
    for kind in KINDS:
        assert contents(first.store, kind) == contents(second.store, kind)
