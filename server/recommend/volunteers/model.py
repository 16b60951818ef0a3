"""What goes into a ranking on the volunteers' side and what comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.recommend.model import Reason


@dataclass(frozen=True, slots=True)
class Offered:
    """One of those who are ranked, a volunteer, task or opportunity. inputs : what ranking may know of it."""

    kind: str
    id: str
    inputs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Suited:
    """One line.

    position : from 0. score : how well it suits. demotion : what is taken off for what was asked of them of late, 0
    for tasks; lines are in order of score less demotion. propensity : the chance of this line at this position.
    contributions : family of features → what it added; all of them and `Ranking.base` make the score. change : what
    would make it suit better. distance_km : as the crow flies, None when done from home or not known.
    """

    kind: str
    id: str
    position: int
    score: float
    demotion: float
    propensity: float
    reasons: Sequence[Reason]
    contributions: Mapping[str, float]
    change: str | None
    distance_km: float | None


@dataclass(frozen=True, slots=True)
class Unsuited:
    """What a rule outside the model keeps off the list: the rule, its sentence, and what would bring it back."""

    kind: str
    id: str
    rule: str
    text: str
    change: str | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """Lines in order, and what was kept off the list. notice : how it was ranked, None when all is as usual."""

    items: Sequence[Suited]
    excluded: Sequence[Unsuited]
    model_version: str
    pack_sha256: str | None
    policy: str
    base: float
    notice: str | None
