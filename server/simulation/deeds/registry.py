"""Where deeds register themselves with how often they happen."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

from server.simulation.phones import SimPhone

if TYPE_CHECKING:
    from server.simulation.world import World

Do = Callable[["World", SimPhone, Random, int], None]


@dataclass(frozen=True, slots=True)
class DeedKind:
    """A deed. weight : how often among others. optional : some worlds never see it.

    apart : it is none of a world's own, which stay as they are, but comes after them in worlds that have a time bank.
    """

    do: Do
    weight: float
    optional: bool
    apart: bool = False


DEEDS: Final[dict[str, DeedKind]] = {}


def deed(weight: float, *, optional: bool = True, apart: bool = False) -> Callable[[Do], Do]:
    """Register a function as a deed under its own name."""

    def register(do: Do) -> Do:
        DEEDS[do.__name__] = DeedKind(do, weight, optional, apart)
        return do

    return register


def is_caseworker(phone: SimPhone) -> bool:
    """Say whether the phone's person looks after people."""
    return not phone.account.roles.isdisjoint({"prescriber", "outreach"})
