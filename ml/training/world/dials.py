"""The dials of a made-up world: what suits whom, what the log hides of it, and how the county is laid out.

A preset is a world with a name; `dials` turns single dials of one. Each number is a fact about people, places or the
log, so that a ranker can be tried where one thing only is different.
"""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Final


@dataclass(frozen=True, slots=True)
class Weights:
    """What each effect of `utility.effects` adds per unit. noise : deviation of what no ranker could know of a pair."""

    need: float = 1.0
    travel: float = 0.4
    slots: float = 0.7
    cost: float = 2.0
    size: float = 2.0
    access: float = 0.2
    quality: float = 0.25
    wait: float = 1.8
    noise: float = 0.22
    cliff: float = 0.0
    either: float = 0.0
    slot_need: float = 0.0
    size_lonely: float = 0.0
    reachable: float = 0.0
    urgent: float = 0.0
    taste: float = 1.0


class DialError(ValueError):
    """A dial that there is not, or a value that it cannot have, in a sentence."""


@dataclass(frozen=True, slots=True)
class Dials:
    """Everything but seed, size and day that makes a world.

    weights : of the effects on utility.
    bias : how fast attention falls with position: 0 all is looked at, 1 as usual, more is steeper.
    explore : share of slates drawn at random, 0 to 1. unfair : how much the protected group shapes what is shown and
    looked at, 1 as usual; it never shapes utility.
    lost : share of outcomes that nobody records, 0 to 1. failed : share of choices that fail for no matter of taste.
    delay : days by which outcomes are written down after their 12 weeks.
    drift : deviations by which waits grow on one day. taste : what 45 minutes of journey weigh more from that day on.
    drift_days : how long before the last day that is.
    late : share of items that open during the history. assets, opportunities : how many.
    providers : how many. large : share of them that are large. runs : items of a large one for each of a small one.
    capacity : places, as a multiple of the usual. limited : share of items whose places have a limit.
    spread : distances between neighbourhoods, as a multiple. reach : how far people go, as a multiple.
    """

    name: str
    weights: Weights = field(default_factory=Weights)
    bias: float = 1.0
    explore: float = 0.2
    unfair: float = 1.0
    lost: float = 0.08
    failed: float = 0.06
    delay: float = 0.0
    drift: float = 0.0
    taste: float = 0.0
    drift_days: float = 180.0
    late: float = 0.25
    assets: float = 460.0
    opportunities: float = 70.0
    providers: float = 100.0
    large: float = 0.2
    runs: float = 6.0
    capacity: float = 1.0
    limited: float = 0.7
    spread: float = 1.0
    reach: float = 1.0

    @property
    def policy(self) -> str:
        """The name under which exposures log how they came about."""
        return f"habit-explore-{round(100 * self.explore)}"

    def as_dict(self) -> dict[str, object]:
        """Plain values for a report."""
        return asdict(self)


#: ``additive``, ``hard`` and ``rural`` are worlds to measure rankers in, where much matters besides the need. The first
#: is a sum of smooth effects; in the second either the right help or the right company will do, within reach; in the
#: third few large providers serve a wide country, places are scarce, and help is worth what the journey leaves of it.
#: In ``county``, that of the demonstration, the need comes first, as it does in life.
PRESETS: Final[Mapping[str, Dials]] = {
    "additive": Dials("additive"),
    "hard": Dials(
        "hard",
        Weights(
            need=0.1, travel=0.05, slots=0.1, cost=0.4, size=0.05, access=0.1, quality=0.15, wait=0.4, noise=0.15,
            cliff=0.1, either=3.6, slot_need=0.1, size_lonely=0.1,
        ),
    ),
    "rural": Dials(
        "rural",
        Weights(
            need=0.3, travel=0.1, slots=0.2, cost=0.8, size=0.7, access=0.2, quality=0.16, wait=0.3, noise=0.11,
            reachable=2.6, urgent=0.7,
        ),
        assets=340, opportunities=30, providers=14, large=0.3, runs=12, capacity=0.3, limited=0.95, late=0.35,
        spread=1.6, reach=1.5,
    ),
    "county": Dials(
        "county",
        Weights(need=3.2, travel=1.2, slots=1.0, cost=0.9, size=0.9, access=0.2, quality=0.3, wait=0.6, noise=0.25),
    ),
}  # fmt: skip

USUAL: Final = PRESETS["additive"]

_SHARES: Final = frozenset({"explore", "lost", "failed", "late", "large", "limited"})
_COUNTS: Final = frozenset({"assets", "opportunities", "providers"})
_AT_LEAST_ONE: Final = _COUNTS | {"runs"}
_ABOVE_NOUGHT: Final = frozenset({"capacity", "spread", "reach"})
#: What `dials` can turn.
SETTABLE: Final = tuple(one.name for one in fields(Dials) if one.name not in ("name", "weights"))


def dials(name: str, settings: Mapping[str, float] | None = None) -> Dials:
    """Return the preset `name` with single dials turned; DialError when there is no such preset, dial or value."""
    if name not in PRESETS:
        raise DialError(f"There is no world {name!r}; there are {', '.join(PRESETS)}.")
    for dial, value in (settings or {}).items():
        _check(dial, value)
    return replace(PRESETS[name], **(settings or {}))  # type: ignore[arg-type]  # `_check` lets only numbers through


def _check(dial: str, value: float) -> None:
    if dial not in SETTABLE:
        raise DialError(f"There is no dial {dial!r}; there are {', '.join(SETTABLE)}.")
    if not math.isfinite(value) or (value < 0 and dial != "taste"):
        raise DialError(f"The dial {dial} cannot be {value}.")
    if dial in _COUNTS and value % 1:
        raise DialError(f"The dial {dial} counts, so it cannot be {value}.")
    if dial in _SHARES and value > 1:
        raise DialError(f"The dial {dial} is a share, so it cannot be {value}.")
    if (dial in _AT_LEAST_ONE and value < 1) or (dial in _ABOVE_NOUGHT and value == 0):
        raise DialError(f"The dial {dial} cannot be {value}.")
