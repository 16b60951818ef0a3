"""Say in plain words why a line stands where it stands, as `mobile_contract/typescript/ranker/reasons.ts` does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ml.arrays import FloatArray
from ml.features.programs import run
from ml.features.sentences import fill
from ml.models.walker import Pack
from server.recommend.model import Reason

_Values = Mapping[str, FloatArray]

MOST_FOR: Final = 4
MOST_AGAINST: Final = 1
#: So many families, the weightiest, may say what the card shows anyway.
LEADING: Final = 2
#: Of all that was added for a reason for it, of all that was added and taken away for one against; less is no reason.
LEAST_SHARE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Outside:
    """What no feature added. family : its name among the contributions. text : its sentence, None for silence."""

    family: str
    contribution: float
    text: str | None


NOTHING: Final = Outside("", 0.0, None)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a line stands where it stands; the fields are those of `server.recommend.model.ShownItem`."""

    reasons: Sequence[Reason]
    contributions: Mapping[str, float]
    change: str | None


def explain(pack: Pack, known: _Values, added: Sequence[float], outside: Outside = NOTHING) -> Explanation:
    """Return the strongest reasons, those for it first, and what would make it suit better.

    known : the values of this one line, each of shape (1,). added : what each feature added to the score. outside :
    what was added to the score after the features.
    """
    families = {name: (lines, changes) for name, lines, changes in pack.document["families"]}
    families[outside.family] = ([(1, outside.text, 0)] if outside.text else [], [])
    contributions = _by_family(pack, added)
    if outside.contribution != 0:
        contributions[outside.family] = outside.contribution
    weighed = sorted(contributions.items(), key=lambda each: -each[1])
    least = LEAST_SHARE * _added(contributions), -LEAST_SHARE * _moved(contributions)
    strong = [(name, given) for name, given in weighed if given > least[0] or given < least[1]]
    leading = min(sorted(map(abs, contributions.values()))[-LEADING:], default=0.0)
    reasons = [
        Reason(text, given)
        for name, given in strong
        if (text := _sentence(pack, families[name][0], known, _signs(given, leading)))
    ]
    changes = (_sentence(pack, families[name][1], known, {0, -1}) for name, given in reversed(weighed) if given < 0)
    return Explanation(_few(reasons), contributions, next((change for change in changes if change), None))


def said(template: str, known: _Values, row: int = 0) -> str | None:
    """Return `template` filled in from the values of one row, None when one of them is not known."""
    return fill(template, _RowOf(known, row)) if "{" in template else template


def _few(reasons: Sequence[Reason]) -> list[Reason]:
    best = [reason for reason in reasons if reason.contribution > 0][:MOST_FOR]
    return best + [reason for reason in reasons if reason.contribution < 0][-MOST_AGAINST:]


def _added(contributions: Mapping[str, float]) -> float:
    total = 0.0
    for contribution in contributions.values():  # `sum` would round better than a phone does
        total += max(0.0, contribution)
    return total


def _moved(contributions: Mapping[str, float]) -> float:
    total = 0.0
    for contribution in contributions.values():
        total += abs(contribution)
    return total


class _RowOf(Mapping[str, float]):
    """One row of columns, read only where it is asked for."""

    def __init__(self, known: _Values, row: int) -> None:
        self._known = known
        self._row = row

    def __getitem__(self, name: str) -> float:
        column = self._known[name]
        return float(column[self._row if len(column) > 1 else 0])

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def _by_family(pack: Pack, added: Sequence[float]) -> dict[str, float]:
    """Sum what the features of each family added, in the pack's order; families that added nothing are left out."""
    sums = {name: 0.0 for name, _, _ in pack.document["families"]}
    for (_, family, _), contribution in zip(pack.document["features"], added, strict=True):
        sums[family] += contribution
    return {name: total for name, total in sums.items() if total != 0}


def _signs(contribution: float, leading: float) -> set[int]:
    """Return the signs of the lines that may be said; `leading` and more weighs most."""
    direction = 1 if contribution > 0 else -1
    return {0, direction, 2 * direction} if abs(contribution) >= leading else {0, direction}


def _sentence(pack: Pack, lines: Sequence[Sequence[Any]], known: _Values, signs: set[int]) -> str | None:
    """Return the first sentence that is true, of one of the signs and of known values."""
    for when, text, sign in lines:
        if sign in signs and run(when, pack.tables, known)[0] > 0 and (full := said(text, known)):
            return full
    return None
