"""What a pack makes of pairs: features, rule and score of each, in words that any engine reads back bit by bit."""

from collections.abc import Mapping, Sequence
from typing import Any

from ml.arrays import FloatArray
from ml.models.walker import Pack
from server.recommend.golden.scenario import Json


def judged(pack: Pack, columns: Mapping[str, FloatArray], names: Sequence[Mapping[str, Any]]) -> list[Json]:
    """Return a case a row of `columns`: what `names` says of it, its features, the excluding rule and its score."""
    known = pack.known(columns)
    features = pack.matrix(known)
    rows = zip(names, features, pack.first_rule(known), pack.score(features), strict=True)
    return [
        {
            **name,
            "features": [said(value) for value in row.tolist()],
            "rule": None if rule < 0 else pack.document["rules"][rule][0],
            "score": said(float(score)),
        }
        for name, row, rule, score in rows
    ]


def said(value: float) -> str:
    """Say a number so that any engine reads the same bits back, minus zero and NaN included."""
    return "NaN" if value != value else "Infinity" if value == float("inf") else repr(value).replace("inf", "Infinity")
