"""Gather from the records what a volunteer may do, and who may do a task: what lies in the scopes of whoever asks."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from ml.features.volunteers.inputs import OFFERED_KINDS, Past, task_inputs, volunteer_inputs
from ml.models.walker import Pack
from server.recommend.candidates import KeyedRecords, Records
from server.recommend.model import Document
from server.recommend.volunteers.model import Offered, Ranking
from server.recommend.volunteers.past import past_of
from server.recommend.volunteers.rank import tasks_for_volunteer, volunteers_for_task
from server.recommend.volunteers.trained import parted
from server.sync.model import Key, Principal

#: Scopes of centres begin so; those of a volunteer's own records otherwise.
_CENTRE: Final = "centre:"


class UnknownVolunteerError(LookupError):
    """Whoever asks is no volunteer, or has no record as one."""


class UnknownTaskError(LookupError):
    """There is no such task or opportunity among what the asker may see."""


def for_volunteer(
    records: KeyedRecords, principal: Principal, *, pack: Pack | None, today: date, limit: int
) -> Ranking:
    """Rank what suits the signed-in volunteer; UnknownVolunteerError when they are none."""
    if principal.volunteer_id is None:
        raise UnknownVolunteerError
    own = {f"volunteer:{principal.volunteer_id}"}
    doc = _held(records, Key("volunteer", principal.volunteer_id), own)
    if doc is None:
        raise UnknownVolunteerError
    claims, asks = (_theirs(records, kind, own)[principal.volunteer_id] for kind in ("claim", "ask"))
    past = past_of(claims, _types(records, principal.scopes), today=today, asks=asks)
    offered = [each for kind in OFFERED_KINDS for each in _offered(records, kind, principal.scopes, today)]
    found = parted(((one, asked, doc) for one, asked in offered), _names(records, principal), today)
    seed = f"{principal.volunteer_id}/{today.isoformat()}"
    inputs = volunteer_inputs(doc, past, today=today)
    return found.with_all(tasks_for_volunteer(pack, inputs, found.able, seed=seed, limit=limit))


def for_task(
    records: KeyedRecords, principal: Principal, task: Key, *, pack: Pack | None, today: date, limit: int
) -> Ranking:
    """Rank which volunteers of the asker's own centres a task suits; UnknownTaskError when it is not to be seen."""
    doc = _held(records, task, principal.scopes)
    if doc is None:
        raise UnknownTaskError(task.id)
    schedules = _schedules(records, principal.scopes)[task]
    volunteers = volunteers_of(records, principal, today)
    found = parted(((one, doc, theirs) for one, theirs in volunteers), _names(records, principal), today)
    asked = task_inputs(task.kind, doc, schedules, today=today)
    return found.with_all(volunteers_for_task(pack, asked, found.able, seed=task.id, limit=limit))


def volunteers_of(records: Records, principal: Principal, today: date) -> list[tuple[Offered, Document]]:
    """Return the volunteers of the asker's centres, with what they took on there, and their documents."""
    centres = {scope for scope in principal.scopes if scope.startswith(_CENTRE)}
    claims, asks = (_theirs(records, kind, centres) for kind in ("claim", "ask"))
    types = _types(records, principal.scopes)

    def past(name: str) -> Past:
        return past_of(claims[name], types, today=today, asks=asks[name])

    return [
        (Offered("volunteer", one.key.id, volunteer_inputs(one.doc, past(one.key.id), today=today)), one.doc)
        for one in records.in_scopes("volunteer", centres)
    ]


def _offered(records: Records, kind: str, scopes: Collection[str], today: date) -> list[tuple[Offered, Document]]:
    schedules = _schedules(records, scopes) if kind == "opportunity" else {}
    return [
        (Offered(kind, one.key.id, task_inputs(kind, one.doc, schedules.get(one.key, ()), today=today)), one.doc)
        for one in records.in_scopes(kind, scopes)
    ]


def _schedules(records: Records, scopes: Collection[str]) -> defaultdict[Key, list[Document]]:
    found: defaultdict[Key, list[Document]] = defaultdict(list)
    for one in records.in_scopes("schedule", scopes):
        found[Key(one.doc["item_kind"], one.doc["item_id"])].append(one.doc)
    return found


def _theirs(records: Records, kind: str, scopes: Collection[str]) -> defaultdict[str, list[Mapping[str, Any]]]:
    """Return the claims or asks in `scopes` by volunteer."""
    found: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in records.in_scopes(kind, scopes):
        found[one.doc["volunteer_id"]].append(one.doc)
    return found


def _types(records: Records, scopes: Collection[str]) -> dict[str, str]:
    return {one.key.id: one.doc["type"] for one in records.in_scopes("task", scopes)}


def _names(records: Records, principal: Principal) -> dict[str, str]:
    return {one.key.id: one.doc["name"] for one in records.in_scopes("training", principal.scopes)}


def _held(records: KeyedRecords, key: Key, scopes: Collection[str]) -> Document | None:
    found = records.records([key]).get(key)
    if found is None or found.deleted or key not in records.held([key], scopes):
        return None
    return found.doc
