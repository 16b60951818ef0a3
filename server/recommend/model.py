"""What goes into a shortlist and what comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

Document = Mapping[str, Any]

#: Lines on a slate unless told otherwise.
LIMIT: Final = 10
#: The contract takes no more of them in one exposure.
MOST_UNSHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """An asset, opportunity, task or offer with the documents of its regular times and of its counts, if any."""

    kind: str
    id: str
    doc: Document
    schedules: Sequence[Document] = ()
    place_count: Document | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """Whom to find something for. today : the local date. The referral's id decides what is explored."""

    referral_id: str
    referral: Document
    person: Document
    candidates: Sequence[Candidate]
    today: date
    limit: int = LIMIT


@dataclass(frozen=True, slots=True)
class Reason:
    """A plain sentence, and what the features it speaks for added to the score: below 0 it speaks against."""

    text: str
    contribution: float


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One line of a slate.

    position : from 0. propensity : the chance of this item at this position. reasons : the strongest few that can be
    said. contributions : family of features → what it added; all of them and `Slate.base` make the score. change :
    what would make it suit better. chance : 0 to 1, that somebody goes at least once whom something suits as well and
    who is shown it first; None when the ranker tells no chances. chance_text : the same in words. distance_km : as the
    crow flies, None when it comes to the person or its place is not known. inputs : what the ranker knew of it.
    """

    kind: str
    id: str
    position: int
    score: float
    propensity: float
    reasons: Sequence[Reason]
    contributions: Mapping[str, float]
    change: str | None
    chance: float | None
    chance_text: str | None
    distance_km: float | None
    next_session: Mapping[str, str] | None
    places_open: int | None
    inputs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ExcludedItem:
    """A candidate that may not be offered: the rule, its sentence, and what would bring it back."""

    kind: str
    id: str
    rule: str
    text: str
    change: str | None


@dataclass(frozen=True, slots=True)
class UnshownItem:
    """A candidate that might have been shown: others stood before it."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Slate:
    """A ranked shortlist.

    unshown : what was eligible and is not among `items`, in order of rank; the first `MOST_UNSHOWN`.
    query : what the ranker knew of referral and person. base : the score of a typical candidate, to which the
    contributions add. notice : what to tell the person of how this was ranked, None when all is as usual.
    """

    items: Sequence[ShownItem]
    unshown: Sequence[UnshownItem]
    excluded: Sequence[ExcludedItem]
    query: Mapping[str, float]
    model_version: str
    pack_sha256: str | None
    policy: str
    base: float
    notice: str | None = field(default=None)
