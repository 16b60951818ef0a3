"""Which changes of state people may make by editing, and which only a command makes."""

from collections.abc import Mapping
from typing import Final

from mobile_contract.merge import FieldRule

#: kind → moves that come with taking or giving something back, so that an edit alone must not make them.
BY_COMMAND: Final[Mapping[str, frozenset[tuple[str, str]]]] = {
    "task": frozenset({("open", "claimed"), ("claimed", "open"), ("claimed", "done")}),
}


def may_move(kind: str, rule: FieldRule, current: str, wanted: str) -> bool:
    """Say whether an edit may take a record's state from `current` to `wanted`."""
    return wanted in rule.moves.get(current, ()) and (current, wanted) not in BY_COMMAND.get(kind, frozenset())


def may_start(kind: str, status: str) -> bool:
    """Say whether a record may be created in this state."""
    return all(status != wanted or wanted == "open" for _, wanted in BY_COMMAND.get(kind, frozenset()))
