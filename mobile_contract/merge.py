"""The merge vocabulary: how two edits of one field become one. Standard library only, so that the core may read it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any


class Merge(StrEnum):
    """What becomes of a field that two devices changed. The table of rules is in docs/protocol.md."""

    SCALAR = "scalar"
    """The later edit wins; the loser is kept as a conflict."""
    IMMUTABLE = "immutable"
    """Set when the record is created, never changed."""
    TEXT = "text"
    """Long text: both versions are kept, never interleaved."""
    SET = "set"
    """Codes: add and remove operations; an add wins over a remove."""
    DELTA = "delta"
    """A number changed by signed differences."""
    STATUS = "status"
    """A legal move from the server's state applies, anything else is a conflict."""
    RESTRICT = "restrict"
    """The most restrictive value wins at once and a person reviews it."""
    SERVER = "server"
    """Owned by the server: a client's value is ignored, and the result says so."""


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How one field merges, whether it is personal, and what it may refer to.

    moves : for STATUS, the states each state may move to.
    order : for RESTRICT, the values from the least to the most restrictive.
    refers_to : the kind that this field's value must name, if any. kind_in : the field that says that kind instead.
    past : an instant written by the device's clock, never after now; put right where that clock is known to be wrong.
    writers : the roles whose value counts, among those who may write the record; empty for all of them.
    """

    name: str
    merge: Merge
    personal: bool = False
    required: bool = False
    default: Any = None
    moves: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: tuple[Any, ...] = ()
    refers_to: str | None = None
    kind_in: str | None = None
    writers: tuple[str, ...] = ()
    past: bool = False

    def owned_by_others(self, roles: Collection[str]) -> bool:
        """Say whether a value from someone with these roles is ignored: the server's own, or another role's."""
        return self.merge is Merge.SERVER or (bool(self.writers) and set(self.writers).isdisjoint(roles))


@dataclass(frozen=True, slots=True)
class KindRule:
    """What the core knows of a kind.

    scopes : templates such as ``caseload:{team_id}``; ``{id}`` is the record's own id; ``*field`` names a field
        that lists scopes; a template whose field is empty gives no scope.
    writers : the roles that may create or edit; empty when only the server writes.
    own : of the writers, roles that write only what is theirs, with the scope that says what is.
    commands : what the server decides on such a record.
    groups : fields that are one thing, such as a place: two edits of them are one conflict and one of them wins whole.
    since : the contract that brought the kind; phones of an older one do not receive it.
    """

    name: str
    fields: Mapping[str, FieldRule]
    scopes: tuple[str, ...]
    writers: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    personal: bool = False
    groups: tuple[tuple[str, ...], ...] = ()
    since: int = 1
    own: Mapping[str, str] = field(default_factory=dict)
    references: tuple[tuple[str, str], ...] = field(init=False, repr=False, compare=False)
    owners: tuple[tuple[str, str], ...] = field(init=False, repr=False, compare=False)
    states: tuple[str, ...] = field(init=False, repr=False, compare=False)
    past: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note, once, the fields of other records (with their kind, or the field that says it), states and clocks."""
        refer = tuple((name, each.refers_to) for name, each in self.fields.items() if each.refers_to)
        states = tuple(name for name, each in self.fields.items() if each.merge is Merge.STATUS)
        object.__setattr__(self, "references", refer)
        owners = tuple((name, each.kind_in) for name, each in self.fields.items() if each.kind_in)
        object.__setattr__(self, "owners", owners)
        object.__setattr__(self, "states", states)
        object.__setattr__(self, "past", tuple(name for name, each in self.fields.items() if each.past))

    def lets_write(
        self, roles: Collection[str], scopes: Collection[str], record_id: str, document: Mapping[str, Any]
    ) -> bool:
        """Say whether someone with these roles and scopes may write a record with this id and document."""
        mine = set(self.writers).intersection(roles)
        return any(role not in self.own or _named(self.own[role], record_id, document) in scopes for role in mine)

    @property
    def scope_fields(self) -> frozenset[str]:
        """Name the fields from which a record's scopes follow."""
        named = (template[1:] if template[0] == "*" else template.partition("{")[2][:-1] for template in self.scopes)
        return frozenset(named) & self.fields.keys()

    def group_of(self, name: str) -> tuple[str, ...]:
        """Name the fields that are one thing with this one, itself included; empty when it stands alone."""
        return next((group for group in self.groups if name in group), ())

    def scopes_of(self, record_id: str, document: Mapping[str, Any]) -> frozenset[str]:
        """Name the scopes that hold a record with this id and document."""
        scopes: list[str] = []
        for template in self.scopes:
            prefix, name = _parts(template)
            if prefix == "*":
                scopes.extend(document.get(name) or ())
            elif scope := _named(template, record_id, document):
                scopes.append(scope)
        return frozenset(scopes)


def _named(template: str, record_id: str, document: Mapping[str, Any]) -> str | None:
    """Name the scope of a template that names no list; None when its field is empty."""
    prefix, name = _parts(template)
    value = record_id if name == "id" else document.get(name)
    if not name:
        return prefix
    return f"{prefix}{value}" if value else None


@cache
def _parts(template: str) -> tuple[str, str]:
    """Split a template into what stands before the field and the field's name, empty for none; ``*`` for a list."""
    if template.startswith("*"):
        return "*", template[1:]
    prefix, _, rest = template.partition("{")
    return prefix, rest.removesuffix("}")
