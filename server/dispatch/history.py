"""Waves as they went out, with what was known then and what came of each ask: what the volunteers' ranker learns from.

`ml.training.volunteers.log` writes the same of a made-up centre.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby, islice
from typing import Any, Final, Protocol, TypeVar

import orjson

from server.sync.decisions.asking import ask_key
from server.sync.hlc import read_instant
from server.sync.model import Document, Key, Stored
from server.sync.ports import AskedInputs

#: What the state of an ask says of the answer; withdrawn says nothing of what they would have answered.
_ANSWERS: Final = {
    "asked": "open", "seen": "open", "claimed": "yes", "declined": "no", "lapsed": "none", "withdrawn": "withdrawn",
}  # fmt: skip
_ENDS: Final = {"done": "done", "released": "given_back", "lapsed": "given_back"}
#: Asks that are read together.
_TOGETHER: Final = 2_000
_HOUR_S: Final = 3600.0
#: By task, volunteer and the instant that it began: how a claim ended, and on which day.
_Claims = Mapping[tuple[str, str, str], tuple[str | None, str | None]]


T = TypeVar("T")


class Log(Protocol):
    """The part of `server.sync.ports.View` that is read here."""

    def asked(self) -> Iterable[AskedInputs]:
        """Give what those who were asked were ranked by, in order of task, wave and volunteer."""

    def records(self, keys: Collection[Key]) -> Mapping[Key, Stored]:
        """Give those of `keys` that exist."""

    def of_kind(self, kind: str) -> Iterable[Stored]:
        """Give every record of a kind."""


def waves(log: Log) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a name and a document for each wave of which inputs are kept, in order of task and wave."""
    claims = _claims(log)
    for (task_id, number), rows in groupby(_with_asks(log), key=lambda pair: pair[0][:2]):
        asked = sorted(rows, key=lambda pair: (pair[1]["position"], pair[0].volunteer_id))
        yield f"{task_id}-{number}", _wave(asked, claims)


def _with_asks(log: Log) -> Iterator[tuple[AskedInputs, Document]]:
    """Put beside what was known of each who was asked what became of it."""
    for some in batches(log.asked(), _TOGETHER):
        keys = {ask_key(one.task_id, one.wave, one.volunteer_id): one for one in some}
        found = log.records(list(keys))
        yield from ((one, found[key].doc) for key, one in keys.items() if key in found and not found[key].deleted)


def _wave(asked: list[tuple[AskedInputs, Document]], claims: _Claims) -> dict[str, Any]:
    first, ask = asked[0]
    task = orjson.loads(first.inputs)["task"]
    return {
        "task_id": first.task_id,
        "centre_id": ask["centre_id"],
        "asked_at": first.asked_at,
        "ends_on": (date.fromisoformat(first.asked_at[:10]) + timedelta(days=task["closes_in_days"])).isoformat(),
        "policy": ask["policy"],
        "model_version": ask["model_version"],
        "query": task,
        "items": [_item(one, doc, claims) for one, doc in asked],
    }


def _item(one: AskedInputs, ask: Document, claims: _Claims) -> dict[str, Any]:
    ended, ended_on = claims.get((one.task_id, one.volunteer_id, ask["answered_at"] or ""), (None, None))
    return {
        "kind": "volunteer",
        "id": one.volunteer_id,
        "position": ask["position"],
        "propensity": ask["propensity"],
        "chance": ask["chance"],
        "inputs": orjson.loads(one.inputs)["volunteer"],
        "answer": _ANSWERS[ask["status"]],
        "reason": ask["reason"],
        "hours": _hours(one.asked_at, ask["answered_at"]),
        "ended": ended,
        "ended_on": ended_on,
    }


def _hours(since: str, until: str | None) -> float | None:
    begun, ended = read_instant(since), read_instant(until)
    return None if begun is None or ended is None else round((ended - begun).total_seconds() / _HOUR_S, 4)


def _claims(log: Log) -> _Claims:
    found = {}
    for claim in (one.doc for one in log.of_kind("claim")):
        at = (claim["task_id"], claim["volunteer_id"], claim["claimed_at"])
        found[at] = (_ENDS.get(claim["status"]), (claim["ended_at"] or "")[:10] or None)
    return found


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Give items in their order, `size` at a time."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some
