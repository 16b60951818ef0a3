"""Which scopes a phone has begun, and which it takes again."""

from collections.abc import Iterable
from dataclasses import replace

from mobile_contract.python.holding import Holding, Values


def begun(holding: Holding) -> frozenset[str]:
    """Give the scopes in which the cursor has a place, as far as the phone can know."""
    if holding.begun is None:
        return holding.scopes if holding.cursor is not None else frozenset()
    return holding.begun & holding.scopes


def to_begin(holding: Holding) -> list[str]:
    """Give the scopes that the next pull begins: granted, not refused for want of room, not begun or to take again."""
    refused = set((holding.budget or {}).get("refused", ()))
    return sorted(holding.scopes & holding.again | (holding.scopes - begun(holding) - refused))


def grant(holding: Holding, scopes: Iterable[str]) -> None:
    """Hold these scopes from now on; records of lost ones stay until the server says so."""
    known = begun(holding)
    holding.scopes = frozenset(scopes)
    holding.begun = known & holding.scopes


def note_begun(holding: Holding, page: Values) -> None:
    """Note what a page's cursor covers: every scope that fits."""
    holding.budget = page.get("budget")
    refused = set((holding.budget or {}).get("refused", ()))
    holding.begun = frozenset(one for one in holding.scopes if one in begun(holding) or one not in refused)


def take_again(holding: Holding, scopes: Iterable[str]) -> None:
    """Let the next pull begin scopes from nothing.

    What is held stays readable; what the server does not bring again goes when a pull has reached the head.
    """
    wanted = frozenset(scopes)
    holding.again |= wanted
    sure = begun(holding) - holding.again
    for key, held in holding.records.items():
        if held.scopes & wanted and not held.scopes & sure:
            holding.records[key] = replace(held, generation=holding.generation - 1)


def give_up(holding: Holding, scopes: Iterable[str]) -> None:
    """Undo what was loaded of these scopes' snapshots, so that they are pulled row by row."""
    given = [scope for scope in scopes if scope in holding.loading]
    for scope in given:
        holding.parts.pop(holding.loading.pop(scope).sha256, None)
    if given:
        take_again(holding, given)
