"""What a world is while its history runs: what stays fixed, and what has been written so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ml.metrics import Floats
from ml.training.world.asof import ItemInputs
from ml.training.world.behaviour import Slate
from ml.training.world.dials import Dials
from ml.training.world.directory import Documents
from ml.training.world.people import Referred
from ml.training.world.tables import Ints, Items, Queries


@dataclass(frozen=True, slots=True)
class Summary:
    """What a world holds. candidates : eligible ones a query, mean. chosen, sustained : shares of those reached."""

    seed: int
    dial: str
    referrals: int
    exposures: int
    placements: int
    candidates: float
    chosen: float
    sustained: float


@dataclass(slots=True)
class History:
    """What the run has written so far: documents, and for each exposure its whole candidate set."""

    documents: Documents
    shown: list[tuple[int, Ints, dict[str, Floats], Slate]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class World:
    """All that stays fixed while the history runs. value : (queries, items) utility; merit : in deviations."""

    today: date
    dials: Dials
    prefix: str
    people: Sequence[Referred]
    queries: Queries
    items: Items
    inputs: ItemInputs
    asked: Sequence[dict[str, float]]
    eligible: Sequence[Ints]
    habit: Floats
    value: Floats
    merit: Floats
