"""What a challenger would have done with the slates that were served: it scores them, and nobody sees its order."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from ml.arrays import FloatArray, IntArray
from ml.audit.attention import attention
from ml.inputs import columns
from ml.models.registry import RegistryError
from ml.models.walker import Pack

#: Quantiles by which scores are told.
_QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
#: Items told that would gain, and lose, most attention.
_NAMED: Final = 10

Exposure = Mapping[str, Any]


@dataclass(slots=True)
class Ranked:
    """What one ranker made of the slates. orders : of each slate, rows by falling score. seconds : for each slate."""

    scores: list[FloatArray] = field(default_factory=list)
    orders: list[IntArray | None] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    attention: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))

    def take(self, pack: Pack, exposure: Exposure, clock: Callable[[], float]) -> None:
        """Rank one slate, or note why it could not be ranked."""
        begun = clock()
        try:
            score = _scores(pack, exposure)
        except Exception as error:  # whatever breaks here would have broken a shortlist
            self.faults[type(error).__name__] += 1
            self.orders.append(None)
            return
        self.seconds.append(clock() - begun)
        if not np.isfinite(score).all():
            self.faults["a score is not finite"] += 1
        order = _order(score, exposure["items"])
        self.scores.append(score)
        self.orders.append(order)
        for rank, row in enumerate(order.tolist()):
            item = exposure["items"][row]
            self.attention[item["kind"], item["id"]] += float(attention(np.array([rank]))[0])


def served_by(exposures: Iterable[tuple[str, Exposure]], champion: str) -> list[Exposure]:
    """The slates that the version `champion` served, oldest first; RegistryError when it served none."""
    found = [doc for _, doc in exposures if doc.get("model_version") == champion and doc.get("items")]
    if not found:
        raise RegistryError(f"No logged slate was served by {champion}; with --any all slates count, whoever ranked.")
    return sorted(found, key=lambda doc: str(doc["shown_at"]))


def shadow(
    challenger: Pack, champion: Pack, slates: Sequence[Exposure], clock: Callable[[], float]
) -> tuple[dict[str, Any], float]:
    """Rank `slates` with both; returns what is kept as shadow.json, and how much longer the challenger took.

    clock : seconds; times are not kept in the report, as they never repeat.
    """
    theirs, ours = Ranked(), Ranked()
    for slate in slates:
        theirs.take(champion, slate, clock)
        ours.take(challenger, slate, clock)
    both = zip(theirs.orders, ours.orders, strict=True)
    pairs = [(one, other) for one, other in both if one is not None and other is not None]
    if not pairs:
        raise RegistryError(f"None of the {len(slates)} slates could be ranked: {_told(ours.faults)}.")
    report = {
        "version": challenger.version,
        "model_sha256": challenger.sha256,
        "champion": champion.version,
        "slates": len(slates),
        "from": slates[0]["shown_at"],
        "until": slates[-1]["shown_at"],
        "agreement": _agreement(pairs),
        "scores": {"version": _quantiles(ours.scores), "champion": _quantiles(theirs.scores)},
        "faults": {"version": dict(sorted(ours.faults.items())), "champion": dict(sorted(theirs.faults.items()))},
        "exposure": _exposure(ours.attention, theirs.attention),
    }
    return report, float(np.median(ours.seconds) / max(np.median(theirs.seconds), 1e-9))


def _scores(pack: Pack, exposure: Exposure) -> FloatArray:
    known = pack.known(columns(exposure["query"], [item["inputs"] for item in exposure["items"]]))
    return pack.score(pack.matrix(known))


def _order(score: FloatArray, items: Sequence[Mapping[str, Any]]) -> IntArray:
    """Rows by falling score; ties go by id, as on a shortlist."""
    names = np.argsort(np.argsort([f"{item['id']} {item['kind']}" for item in items]))
    return np.lexsort((names, -score))


def _agreement(pairs: Sequence[tuple[IntArray, IntArray]]) -> dict[str, float]:
    """How alike the orders are, from share of slates and mean over slates, all 0 to 1 but Kendall's tau, -1 to 1."""
    return {
        "same_order": _mean(np.array_equal(one, other) for one, other in pairs),
        "first_changed": _mean(one[0] != other[0] for one, other in pairs),
        "first_three_shared": _mean(
            len(set(one[:3].tolist()) & set(other[:3].tolist())) / len(one[:3]) for one, other in pairs
        ),
        "kendall_tau": _mean(_tau(one, other) for one, other in pairs if len(one) > 1),
    }


def _tau(one: IntArray, other: IntArray) -> float:
    """Kendall's tau of two orders of the same rows, which have no ties. Source: Kendall (1938)."""
    ranks = np.argsort(other)[one]
    signs = np.sign(ranks[None, :] - ranks[:, None])
    return float(signs[np.triu_indices(len(ranks), 1)].mean())


def _quantiles(scores: Sequence[FloatArray]) -> dict[str, float]:
    found = np.quantile(np.concatenate(scores), _QUANTILES)
    return {f"{share:.0%}": round(float(value), 6) for share, value in zip(_QUANTILES, found, strict=True)}


def _exposure(ours: Mapping[tuple[str, str], float], theirs: Mapping[tuple[str, str], float]) -> dict[str, Any]:
    """Whose attention would change. moved : share of all attention that would go to other items."""
    whole = sum(theirs.values())
    change = {item: (ours.get(item, 0.0) - theirs.get(item, 0.0)) / whole for item in sorted({*ours, *theirs})}
    ordered = sorted(change, key=lambda item: (-change[item], item))
    return {
        "moved": round(sum(abs(value) for value in change.values()) / 2, 6),
        "gain": [_named(item, change) for item in ordered[:_NAMED] if change[item] > 0],
        "lose": [_named(item, change) for item in ordered[::-1][:_NAMED] if change[item] < 0],
    }


def _named(item: tuple[str, str], change: Mapping[tuple[str, str], float]) -> dict[str, Any]:
    return {"kind": item[0], "id": item[1], "share_of_attention": round(change[item], 6)}


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return round(float(np.mean(found)), 6) if found else 0.0


def _told(faults: Counter[str]) -> str:
    return ", ".join(f"{name} {count} times" for name, count in sorted(faults.items()))
