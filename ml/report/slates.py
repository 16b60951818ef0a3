"""The slates of one referral, taken apart: what each family of features added to each candidate's score."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ml.arrays import FloatArray
from ml.inputs import columns
from ml.models.walker import Pack
from ml.training.tables import TableError, Tables

#: Kinds whose documents have a title of their own.
_TITLED: Final = ("asset", "opportunity", "task", "offer")


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate of a slate.

    shown_at : its position when it was shown, from 0. rank : where the ranker would put it now, from 0. added : what
    each family added to `score`; with `Explained.base` they sum to it. chosen : whether it was. chance : that somebody
    goes at least once whom something suits as well and who is shown it first; None when the ranker tells no chances.
    """

    kind: str
    id: str
    title: str
    shown_at: int
    rank: int
    score: float
    added: Mapping[str, float]
    chosen: bool
    chance: float | None


@dataclass(frozen=True, slots=True)
class Explained:
    """One slate: when and by what it was ranked, and its lines, the best first by this ranker."""

    exposure: str
    shown_at: str
    ranked_by: str
    base: float
    lines: list[Line]


def explain(tables: Tables, referral: str, pack: Pack) -> list[Explained]:
    """Take apart every slate of `referral` with `pack`, from what was known when each was shown, the oldest first.

    Raises TableError when nothing was ever shown for it.
    """
    slates = [(name, doc) for name, doc in tables.documents("exposure") if doc["referral_id"] == referral]
    if not slates:
        raise TableError(f"Nothing was shown for referral {referral} in these tables.")
    titles, chosen = dict(_titles(tables)), _chosen(tables, referral)
    told = [_slate(name, doc, pack, titles, chosen.get(name, frozenset())) for name, doc in slates]
    return sorted(told, key=lambda one: one.shown_at)


def _slate(
    name: str, doc: Mapping[str, Any], pack: Pack, titles: Mapping[str, str], chosen: frozenset[str]
) -> Explained:
    items = sorted(doc["items"], key=lambda item: (item["id"], item["kind"]))
    X = pack.matrix(pack.known(columns(doc["query"], [item["inputs"] for item in items])))
    found, added = pack.score(X), pack.contributions(X)
    scores, told = found.tolist(), pack.chance(found)
    chances = [None] * len(items) if told is None else told.tolist()
    order = sorted(range(len(items)), key=lambda place: (-scores[place], place))
    lines = [
        Line(
            kind=item["kind"],
            id=item["id"],
            title=titles.get(item["id"], ""),
            shown_at=item["position"],
            rank=rank,
            score=scores[place],
            added=_by_family(pack, added[place]),
            chosen=item["id"] in chosen,
            chance=chances[place],
        )
        for rank, place in enumerate(order)
        for item in [items[place]]
    ]
    return Explained(name, doc["shown_at"], doc["model_version"], pack.base, lines)


def _by_family(pack: Pack, added: FloatArray) -> dict[str, float]:
    sums: dict[str, float] = {}
    for (_, family, _), value in zip(pack.document["features"], added.tolist(), strict=True):
        sums[family] = sums.get(family, 0.0) + value
    return dict(sorted(((name, one) for name, one in sums.items() if one), key=lambda pair: -abs(pair[1])))


def _titles(tables: Tables) -> Iterator[tuple[str, str]]:
    for kind in _TITLED:
        for name, doc in tables.documents(kind, optional=True):
            yield name, str(doc.get("name") or doc.get("title") or "")


def _chosen(tables: Tables, referral: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for _, doc in tables.documents("placement", optional=True):
        if doc["referral_id"] == referral and doc.get("exposure_id"):
            found.setdefault(doc["exposure_id"], set()).add(doc["item_id"])
    return {name: frozenset(items) for name, items in found.items()}
