"""What a pull most likely reads, told from its cursor alone, so that one statement can ask for all of it."""

from typing import NamedTuple

from server.sync.cursor import Place, places_in
from server.sync.model import Pull
from server.sync.ports import Seal


class Likely(NamedTuple):
    """The next changes of `scopes`, all at one place. most_text : the bytes that may come as lines, 0 for none."""

    scopes: tuple[str, ...]
    place: Place
    limit: int
    most_text: int


class UnforeseenError(Exception):
    """A look that was taken in one statement was asked for something else: open a whole one."""


def likely(request: Pull, seal: Seal, hidden: frozenset[str] = frozenset()) -> Likely | None:
    """Say what will be read if nothing out of the way happens, None if something surely will.

    Nothing is decided by it: whoever pulls checks the cursor, and asks for what it then needs. Where there are kinds to
    pass over, rows have to be looked at one by one.
    """
    places = places_in(request.cursor, seal)
    if not places or request.snapshots or request.retake or len(set(places.values())) > 1:
        return None
    most_text = 0 if hidden else request.most_bytes
    return Likely(tuple(sorted(places)), next(iter(places.values())), request.most_rows, most_text)
