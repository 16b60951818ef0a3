"""Fields that are one thing, such as a place: two edits of them are one conflict, and one of them wins whole."""

from collections.abc import Mapping
from typing import Any

from server.sync.merge import Edit, Merged, merge_field
from server.sync.model import FieldConflict


def merge_group(edits: Mapping[str, Edit], wished: Mapping[str, Any]) -> dict[str, Merged]:
    """Merge the wishes for the fields of one group.

    edits : of every field of the group, those that are not wished for as they stand.
    """
    if any(edit.overtaken for edit in edits.values()):
        return {name: edits[name].superseded() for name in wished}
    differing = [name for name in wished if edits[name].mine != edits[name].current]
    met = [edit for edit in edits.values() if edit.concurrent]
    if not met or not differing:
        return {name: merge_field(edits[name]) for name in wished}
    wins = all(edit.later for edit in met)
    conflict = _conflict(differing[0], edits, wins=wins)
    told = {differing[0]: conflict}
    return {name: _settled(edits[name], told.get(name), wins=wins) for name in wished}


def _settled(edit: Edit, conflict: FieldConflict | None, *, wins: bool) -> Merged:
    if wins and edit.mine != edit.current:
        return edit.taken(edit.mine, conflict)
    return edit.kept(conflict)


def _conflict(first: str, edits: Mapping[str, Edit], *, wins: bool) -> FieldConflict:
    """Tell of the whole group under the name of its first field that differs."""
    sides = {name: (edit.mine, edit.current, edit.mine if wins else edit.current) for name, edit in edits.items()}
    mine, theirs, kept = sides.pop(first)
    return FieldConflict(first, mine, theirs, kept, edits[first].rule.merge.value, sides)
