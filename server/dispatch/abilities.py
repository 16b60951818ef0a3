"""Gather who can do what, and whose trainings run out: of a programme, a centre, or the members of a time bank."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final, NamedTuple

from server.dispatch.reporting import Records
from server.domain.able import Able, Due, able, due
from server.domain.enquiries import STAYS
from server.sync.model import Document

#: Steps at which somebody has a role.
_IN_A_ROLE: Final = ("placed", *STAYS)


class Group(NamedTuple):
    """Of whom it is asked. scopes : of whoever asks, None for the whole programme.

    centre_id : its volunteers alone. bank_id : a time bank's members. organisation_id : who has a role there.
    """

    scopes: Collection[str] | None = None
    centre_id: str | None = None
    bank_id: str | None = None
    organisation_id: str | None = None


def volunteers_of(records: Records, group: Group) -> Iterable[tuple[str, Document]]:
    """Give the volunteers of a group, each with their document."""
    scopes = group.scopes
    wanted = [set(_members(records, group.bank_id))] if group.bank_id else []
    wanted += [set(_placed(records, group.organisation_id))] if group.organisation_id else []
    for one in records.of_kind("volunteer") if scopes is None else records.in_scopes("volunteer", scopes):
        is_member = all(one.key.id in members for members in wanted)
        if is_member and group.centre_id in (None, one.doc["centre_id"]):
            yield one.key.id, one.doc


def _members(records: Records, bank_id: str) -> Iterable[str]:
    """Name the volunteers with an open account in a time bank."""
    for one in records.of_kind("account"):
        if one.doc["bank_id"] == bank_id and one.doc["status"] == "open" and one.doc["volunteer_id"]:
            yield one.doc["volunteer_id"]


def _placed(records: Records, organisation_id: str) -> Iterable[str]:
    """Name the volunteers who were placed in a role of an organisation, and stayed as far as is known."""
    roles = {one.key.id for one in records.of_kind("opportunity") if one.doc["organisation_id"] == organisation_id}
    for one in records.of_kind("enquiry"):
        if one.doc["opportunity_id"] in roles and one.doc["status"] in _IN_A_ROLE:
            yield one.doc["volunteer_id"]


def due_of(records: Records, group: Group, today: date, days: int | None) -> list[Due]:
    """Say whose trainings run out; see `server.domain.able.due`."""
    trainings = {one.key.id: one.doc for one in records.of_kind("training")}
    return due(volunteers_of(records, group), trainings, today, days)


def able_of(records: Records, group: Group, today: date, *, training_id: str | None, skill: str | None) -> list[Able]:
    """Say who can do it; see `server.domain.able.able`."""
    return able(volunteers_of(records, group), today, training_id=training_id, skill=skill)
