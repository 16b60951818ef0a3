"""How two edits of one field become one: a ladder of rules, one function each.

Only the latest change *by another device* after the mutation's base counts: a phone that edits one record twice
offline does not conflict with itself. Clocks decide nothing but which of two such edits is the later.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mobile_contract.merge import FieldRule, Merge
from server.domain.moves import may_move
from server.sync.model import PENDING, FieldConflict, Stamp

#: Stands between two versions of one long text that are both kept.
BOTH = "\n\n— — —\n\n"


@dataclass(frozen=True, slots=True)
class Edit:
    """One device's wish for one field, against what is there.

    base : the version that the device saw. hlc : the device's clock, normalised. stamp : who set the field last.
    fits : whether the contract takes a value for the field. late : it waited for another record before it was merged.
    """

    kind: str
    rule: FieldRule
    mine: Any
    current: Any
    base: int
    device: str
    hlc: str
    stamp: Stamp | None
    fits: Callable[[Any], bool]
    late: bool = False

    @property
    def concurrent(self) -> bool:
        """Another device changed the field after this one looked."""
        return self.stamp is not None and self.stamp.device != self.device and self.stamp.version > self.base

    @property
    def overtaken(self) -> bool:
        """It waited, and its own author has set the field since: what was written later stands."""
        return self.late and self.stamp is not None and self.stamp.device == self.device and not self.later

    @property
    def later(self) -> bool:
        """This edit was made after the one that stands."""
        return self.stamp is None or self.hlc > self.stamp.hlc

    def superseded(self) -> "Merged":
        """Leave what the author wrote later; where another's clock stands there too, a person looks at both."""
        by_author = self.stamp is not None and self.stamp.hlc.endswith(f"-{self.device}")
        return self.kept(None if by_author or self.mine == self.current else self.against(self.current))

    def taken(self, value: Any, conflict: FieldConflict | None = None) -> "Merged":
        """Let `value` stand, set by this edit."""
        return Merged(value, Stamp(PENDING, self.device, max(self.hlc, self._their_hlc)), conflict)

    def kept(self, conflict: FieldConflict | None = None) -> "Merged":
        """Leave the field as it is."""
        return Merged(self.current, self.stamp, conflict)

    def against(self, kept: Any) -> FieldConflict:
        """Say that both were wanted and `kept` stands."""
        return FieldConflict(self.rule.name, self.mine, self.current, kept, self.rule.merge.value)

    @property
    def _their_hlc(self) -> str:
        return self.stamp.hlc if self.stamp and self.concurrent else ""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a field becomes: its value, who set it, and the conflict if two values could not both stand."""

    value: Any
    stamp: Stamp | None
    conflict: FieldConflict | None = None


def merge_field(edit: Edit) -> Merged:
    """Apply the field's rule to an edit; differences and codes add up in any order."""
    if edit.overtaken and edit.rule.merge is not Merge.SET and not isinstance(edit.mine, dict):
        return edit.superseded()
    return _RULES[edit.rule.merge](edit)


def _scalar(edit: Edit) -> Merged:
    if edit.mine == edit.current:
        return edit.kept()
    if not edit.concurrent:
        return edit.taken(edit.mine)
    if edit.later:
        return edit.taken(edit.mine, edit.against(edit.mine))
    return edit.kept(edit.against(edit.current))


def _text(edit: Edit) -> Merged:
    mine, theirs = edit.mine or "", edit.current or ""
    if not edit.concurrent or mine == theirs:
        return _scalar(edit)
    if not mine or not theirs:  # a text that one side cleared is kept, and a person looks at it
        return edit.taken(mine, edit.against(mine)) if mine else edit.kept(edit.against(theirs))
    if mine in theirs:
        return edit.kept()
    if theirs in mine:
        return edit.taken(mine)
    both = BOTH.join((theirs, mine) if edit.later else (mine, theirs))
    return edit.taken(both, edit.against(both)) if edit.fits(both) else _scalar(edit)


def _set(edit: Edit) -> Merged:
    current = set(edit.current or ())
    add, remove = set_changes(edit.mine, current)
    added = dict(edit.stamp.added) if edit.stamp else {}
    gone = {code for code in remove & current if not _added_meanwhile(edit, added.get(code))}
    new = add - current
    if not new and not gone - add:
        return edit.kept()
    value = sorted((current - gone) | add)
    added.update(dict.fromkeys(new, (PENDING, edit.device)))
    stamp = Stamp(PENDING, edit.device, edit.hlc, {code: by for code, by in added.items() if code in value})
    return Merged(value, stamp)


def _added_meanwhile(edit: Edit, by: tuple[int, str] | None) -> bool:
    return by is not None and (by[1] != edit.device or edit.overtaken) and by[0] > edit.base


def set_changes(mine: Any, current: set[str]) -> tuple[set[str], set[str]]:
    """Read a wish for a set: {"add", "remove"}, or a plain list as its difference from what is there."""
    if isinstance(mine, dict):
        return set(mine.get("add", ())), set(mine.get("remove", ()))
    return set(mine) - current, current - set(mine)


def _delta(edit: Edit) -> Merged:
    if not isinstance(edit.mine, dict):  # the start value of a second creation
        return _scalar(edit)
    difference = edit.mine["delta"]
    return edit.taken((edit.current or 0) + difference) if difference else edit.kept()


def _status(edit: Edit) -> Merged:
    if edit.mine == edit.current:
        return edit.kept()
    if may_move(edit.kind, edit.rule, edit.current, edit.mine):
        return edit.taken(edit.mine)
    return edit.kept(edit.against(edit.current))


def _restrict(edit: Edit) -> Merged:
    if edit.mine == edit.current:
        return edit.kept()
    if not edit.concurrent:
        return edit.taken(edit.mine)
    strictest = max(edit.mine, edit.current, key=edit.rule.order.index)
    conflict = edit.against(strictest)
    return edit.taken(strictest, conflict) if strictest == edit.mine else edit.kept(conflict)


def _server(edit: Edit) -> Merged:
    return edit.kept(edit.against(edit.current))


def _immutable(edit: Edit) -> Merged:
    return edit.kept(None if edit.mine == edit.current else edit.against(edit.current))


_RULES: dict[Merge, Callable[[Edit], Merged]] = {
    Merge.SCALAR: _scalar,
    Merge.TEXT: _text,
    Merge.SET: _set,
    Merge.DELTA: _delta,
    Merge.STATUS: _status,
    Merge.RESTRICT: _restrict,
    Merge.SERVER: _server,
    Merge.IMMUTABLE: _immutable,
}
