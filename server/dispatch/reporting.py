"""Gather what the figures of dispatch are worked out from."""

from collections.abc import Collection, Iterable
from typing import Protocol

from server.domain.pickup import Report, report
from server.sync.model import Stored


class Records(Protocol):
    """The part of `server.sync.ports.View` that is read here."""

    def of_kind(self, kind: str) -> Iterable[Stored]:
        """Give every record of a kind."""

    def in_scopes(self, kind: str, scopes: Collection[str]) -> Iterable[Stored]:
        """Give the records of a kind that one of `scopes` holds."""


def report_of(records: Records, scopes: Collection[str] | None, since: str) -> Report:
    """Work out the figures since an instant, of what lies in `scopes` or, when None, of the whole programme."""

    def of(kind: str) -> Iterable[Stored]:
        return records.of_kind(kind) if scopes is None else records.in_scopes(kind, scopes)

    return report(
        {one.key.id: one.doc for one in of("task")},
        (one.doc for one in of("ask")),
        (one.doc for one in of("claim")),
        {one.key.id for one in of("volunteer") if one.doc["status"] == "active"},
        since,
    )
