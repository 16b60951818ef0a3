"""The person's view: the server's document with the phone's own unanswered changes replayed on top."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import reduce
from typing import Any

from mobile_contract.merge import Merge
from mobile_contract.python.holding import Entry, Values
from mobile_contract.schemas import KINDS


def seen(doc: Values | None, entries: Iterable[Entry]) -> Values | None:
    """Replay `entries`, oldest first; None when nothing is left to see."""
    return reduce(replay, entries, doc)


def replay(doc: Values | None, entry: Entry) -> Values | None:
    """Give the document after one change."""
    if entry.op == "delete":
        return None
    if entry.op == "create":
        return _with(entry, _defaults(entry.kind) if doc is None else doc)
    if entry.op == "patch" and doc is not None:
        return _with(entry, doc)
    return doc


def difference(kind: str, current: Values, wanted: Values) -> dict[str, Any]:
    """Say what a patch carries: only what changes, sets as add and remove, counters as a difference."""
    changed: dict[str, Any] = {}
    for name, value in wanted.items():
        before = current.get(name)
        if value == before:
            continue
        merge = KINDS[kind].fields[name].merge
        if merge is Merge.SET:
            old, new = set(before or ()), set(value or ())
            value = {"add": sorted(new - old), "remove": sorted(old - new)}
        elif merge is Merge.DELTA:
            value = {"delta": value - (before or 0)}
        changed[name] = value
    return changed


def _defaults(kind: str) -> Values:
    return {name: deepcopy(rule.default) for name, rule in KINDS[kind].fields.items()}


def _with(entry: Entry, doc: Values) -> Values:
    rules = KINDS[entry.kind].fields
    changed = dict(doc)
    for name, value in entry.set.items():
        merge = rules[name].merge if name in rules else Merge.SCALAR
        if merge is Merge.SERVER or (merge is Merge.IMMUTABLE and entry.op != "create"):
            continue
        changed[name] = _merged(merge, doc.get(name), value)
    return changed


def _merged(merge: Merge, before: Any, value: Any) -> Any:
    if merge is Merge.SET and isinstance(value, Mapping):
        return sorted((set(before or ()) - set(value.get("remove", ()))) | set(value.get("add", ())))
    if merge is Merge.SET:
        return sorted(set(value))
    if merge is Merge.DELTA and isinstance(value, Mapping):
        return (before or 0) + value["delta"]
    return value
