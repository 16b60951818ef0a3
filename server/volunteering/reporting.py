"""Gather what the figures of volunteer centres are worked out from."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

from server.domain.employer_report import Given, given
from server.domain.funnel import Way, ways_of
from server.domain.reengage import Again, Heard, reengage
from server.domain.upcoming import Centre
from server.sync.model import Key, Stored

Doc = Mapping[str, Any]


class Records(Protocol):
    """The part of `server.sync.ports.View` that is read here."""

    def of_kind(self, kind: str) -> Iterable[Stored]:
        """Give every record of a kind that is not deleted."""

    def in_scopes(self, kind: str, scopes: Collection[str]) -> Iterable[Stored]:
        """Give the records of a kind that one of `scopes` holds."""

    def records(self, keys: Collection[Key]) -> Mapping[Key, Stored]:
        """Give those of `keys` that exist, deleted ones included."""


def docs_of(records: Records, kind: str, scopes: Collection[str] | None) -> dict[str, Doc]:
    """Give the documents of a kind by id: of what lies in `scopes` or, when None, of the whole programme."""
    found = records.of_kind(kind) if scopes is None else records.in_scopes(kind, scopes)
    return {one.key.id: one.doc for one in found}


def enquiry_ways(records: Records, scopes: Collection[str] | None, since: str, until: str) -> list[Way]:
    """Follow the enquiries of some days.

    Those of volunteers who were erased count, as their steps name nobody; those deleted as mistakes do not.
    """
    steps = docs_of(records, "enquiry_step", scopes).values()
    keys = {Key("enquiry", step["enquiry_id"]) for step in steps}
    gone = {key.id for key, one in records.records(keys).items() if one.deleted and not one.erased}
    return ways_of((step for step in steps if step["enquiry_id"] not in gone), since, until)


def centre_of(records: Records, scopes: Collection[str] | None) -> Centre:
    """Give what is to be looked at lately."""
    return Centre(*(docs_of(records, kind, scopes) for kind in ("volunteer", "enquiry", "check")))


def whom_to_write(records: Records, scopes: Collection[str] | None, today: str, quiet_days: int) -> list[Again]:
    """List whom to write to again."""
    claims, asks, steps = (docs_of(records, kind, scopes).values() for kind in ("claim", "ask", "enquiry_step"))
    heard = Heard(claims, asks, docs_of(records, "enquiry", scopes), steps)
    return reengage(docs_of(records, "volunteer", scopes), heard, today, quiet_days)


def employer_given(records: Records, employer_id: str, today: str) -> list[Given]:
    """Count what an employer's staff gave up to today."""
    own = {f"employer:{employer_id}"}
    leaves, events = (docs_of(records, kind, own).values() for kind in ("leave_request", "team_event"))
    return given(leaves, events, docs_of(records, "opportunity", None), today)
