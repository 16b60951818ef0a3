"""Say in plain words why a line stands where it stands, as `mobile_contract/typescript/ranker/reasons.ts` does."""

from collections.abc import Mapping, Sequence
from typing import Any

from ml.arrays import FloatArray
from ml.features.programs import run
from ml.features.sentences import fill
from ml.models.walker import Pack
from server.recommend.model import Reason

_Values = Mapping[str, FloatArray]


def explain(pack: Pack, known: _Values, added: Sequence[float]) -> tuple[list[Reason], str | None]:
    """Return the reasons, the strongest for it first, and what would make it suit better.

    known : the values of this one line, each of shape (1,). added : what each feature added to the score.
    """
    families = {name: (lines, changes) for name, lines, changes in pack.document["families"]}
    weighed = sorted(_by_family(pack, added).items(), key=lambda each: -each[1])
    reasons = [
        Reason(said(_true_line(pack, families[name][0], known, contribution) or "", known), contribution)
        for name, contribution in weighed
    ]
    changes = [_true_line(pack, families[name][1], known, given) for name, given in reversed(weighed) if given < 0]
    change = next((line for line in changes if line is not None), None)
    return reasons, None if change is None else said(change, known)


def said(template: str, known: _Values, row: int = 0) -> str:
    """Return `template` filled in from the values of one row."""
    return fill(template, _RowOf(known, row))


class _RowOf(Mapping[str, float]):
    """One row of columns, read only where it is asked for."""

    def __init__(self, known: _Values, row: int) -> None:
        self._known = known
        self._row = row

    def __getitem__(self, name: str) -> float:
        column = self._known[name]
        return float(column[self._row if len(column) > 1 else 0])

    def __iter__(self) -> Any:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def _by_family(pack: Pack, added: Sequence[float]) -> dict[str, float]:
    """Sum what the features of each family added, in the pack's order; families that added nothing are left out."""
    sums = {name: 0.0 for name, _, _ in pack.document["families"]}
    for (_, family, _), contribution in zip(pack.document["features"], added, strict=True):
        sums[family] += contribution
    return {name: total for name, total in sums.items() if total != 0}


def _true_line(pack: Pack, lines: Sequence[Sequence[Any]], known: _Values, contribution: float) -> str | None:
    direction = 1 if contribution > 0 else -1
    for when, text, sign in lines:
        if sign in (0, direction) and run(when, pack.tables, known)[0] > 0:
            return str(text)
    return None
