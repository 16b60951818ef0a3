"""Two tables of `kith export` that are no kinds: waves of asks with what was known then, and where volunteers live.

A wave holds what the ranker read of each volunteer, as an exposure does of a person: without a name, and with a place
to the metre. Who is asked how often, and from where, is for audits, which need districts and fifths of areas alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from server.dispatch.history import waves
from server.importers.places import tidy_postcode
from server.sync.canonical import canonical
from server.sync.model import Stored
from server.sync.ports import View

WAVES: Final = "wave"
#: `ml.training.volunteers.asked` reads it.
AREAS: Final = "volunteer_area"


def wave_rows(view: View) -> Iterator[tuple[str, int, str]]:
    """Yield id, version and document of each wave."""
    for name, doc in waves(view):
        yield name, 0, canonical(doc)


def area_rows(volunteers: Iterable[Stored], fifths: Mapping[str, int]) -> Iterator[tuple[str, int, str]]:
    """Yield whether each volunteer gives time, their district, and in which fifth of areas they live, if known.

    fifths : by postcode.
    """
    for one in volunteers:
        yield one.key.id, 0, canonical(_area(one.doc, fifths))


def _area(doc: Mapping[str, Any], fifths: Mapping[str, int]) -> dict[str, Any]:
    home = tidy_postcode(doc.get("postcode") or "")[0] or ""
    return {"status": doc["status"], "district": doc.get("district"), "fifth": fifths.get(home)}
