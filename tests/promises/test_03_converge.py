"""CONVERGE: quiet devices with equal grants hold byte-equal records, equal to a fresh query."""

import json

from tests.promises.world import World, truth


def test_quiet_phones_hold_what_a_plain_query_says(world: World) -> None:
    for held in world.devices:
        holds = {key: (version, json.loads(doc)) for key, (version, doc) in held.rows.items()}
        assert holds == truth(world.store, held.phone.principal.scopes)


def test_phones_with_equal_grants_hold_equal_bytes(world: World) -> None:
    by_grants: dict[frozenset[str], object] = {}
    for held in world.devices:
        assert by_grants.setdefault(held.phone.principal.scopes, held.rows) == held.rows
