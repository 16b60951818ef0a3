"""How well each item suits each referral, in truth: a sum of effects, smooth ones, cliffs and products.

What suits does not depend on the protected group, on what was shown, or on who ranked.
"""

from typing import Final

import numpy as np

from ml.metrics import Floats
from ml.training.world.dials import Weights
from ml.training.world.tables import Items, Queries
from mobile_contract.vocabulary import NEEDS, SLOTS, TRAVEL

#: Minutes to set out, and minutes a kilometre, by means of travel in vocabulary order.
_START: Final = np.array([0.0, 5.0, 12.0, 2.0, 6.0, 30.0])
_PER_KM: Final = np.array([12.0, 14.0, 4.0, 4.5, 1.6, 20.0])
#: How far each means goes before a journey becomes too much, metres: the hard world's cliff.
_CLIFF: Final = np.array([1500.0, 2000.0, 5000.0, 3500.0, 9000.0, 0.0])


#: The group that people have in mind who want any, one to one, a small or a large group.
_WANTED_SIZE: Final = np.array([np.nan, 1.0, 6.0, 25.0])
#: In the hard world either help with the need or the right company at a free time suits, but only within reach:
#: beyond this journey, minutes, hardly anything is left of it.
_TOO_LONG: Final = 35.0
#: In the rural world nothing is left of any help after a journey of this many minutes.
_WHOLE_HOUR: Final = 60.0


def metres(queries: Queries, items: Items) -> Floats:
    """Straight distance of each pair, (queries, items), whole metres; 0 where an item comes to the person."""
    gap = queries.place[:, None, :] - items.place[None, :, :]
    far = np.floor(np.sqrt((gap * gap).sum(axis=2)))
    return np.where(items.reach[None, :], 0.0, far)


def effects(queries: Queries, items: Items, affinity: Floats) -> dict[str, Floats]:
    """Each effect of each pair, (queries, items), mostly 0 to 1, before weights.

    affinity : the hidden table, (needs, categories).
    """
    far = metres(queries, items)
    overlap = _overlap(queries, items)
    fit, journey = _fit(queries, items, affinity), minutes(queries, items, far)
    size = _size_match(queries, items)
    near = np.where(journey > _TOO_LONG, 0.15, 1.0)
    wait = items.wait[None, :] + queries.longer[:, None]
    lonely = queries.needs[:, [NEEDS.codes.index("loneliness")]]
    return {
        "need": fit,
        "travel": -np.minimum(journey / 45.0, 1.5),
        "slots": overlap,
        "cost": -np.minimum(items.cost[None, :] / np.maximum(queries.budget[:, None], 200.0), 1.5),
        "size": size,
        "access": _soft_access(queries, items),
        "quality": np.broadcast_to(items.quality, far.shape),
        "wait": -wait / 28.0,
        "cliff": -(far > _CLIFF[queries.travel][:, None]).astype(np.float64) * ~items.reach,
        "either": near * np.maximum(fit, size * np.sign(overlap)),
        "slot_need": _slot_need(queries, items),
        "size_lonely": -lonely * np.clip((items.size[None, :] - 10.0) / 10.0, -1.0, 1.0),
        "reachable": fit * np.maximum(1.0 - journey / _WHOLE_HOUR, 0.0) * (0.4 + 0.6 * overlap),
        "urgent": -queries.urgency[:, None] * wait / 28.0,
        "taste": -queries.dearer[:, None] * np.minimum(journey / 45.0, 1.5),
    }


def utility(parts: dict[str, Floats], weights: Weights, noise: Floats) -> Floats:
    """Sum the weighted effects and the pair's own noise, (queries, items)."""
    total = weights.noise * noise
    for name, part in parts.items():
        total += getattr(weights, name) * part
    return total


def _fit(queries: Queries, items: Items, affinity: Floats) -> Floats:
    """The best of an item's categories for each need, the needs averaged by their weight."""
    helps = np.stack([(row[None, :] * np.sqrt(items.categories)).max(axis=1) for row in affinity])
    share = queries.needs / queries.needs.sum(axis=1, keepdims=True)
    fit: Floats = share @ helps
    return fit


def minutes(queries: Queries, items: Items, far: Floats) -> Floats:
    """How long each journey takes by the person's means, (queries, items), minutes."""
    travel = queries.travel[:, None]
    return np.where(items.reach[None, :], 0.0, _START[travel] + _PER_KM[travel] * far / 1000.0)


def _overlap(queries: Queries, items: Items) -> Floats:
    """Whether the person is free at any of an item's times, and a little for how many; .5 where nothing is said."""
    both = queries.slots.astype(np.float64) @ items.slots.T.astype(np.float64)
    meets: Floats = items.slots.sum(axis=1, dtype=np.float64)[None, :]
    known = np.logical_and(meets > 0, np.any(queries.slots, axis=1, keepdims=True))
    return np.where(known, 0.75 * (both > 0) + 0.25 * both / np.maximum(meets, 1.0), 0.5)


def _size_match(queries: Queries, items: Items) -> Floats:
    """How close a group's size is to the wanted one, on a scale of ratios; .6 for whoever has no preference."""
    wanted = _WANTED_SIZE[queries.preference][:, None]
    apart = np.abs(np.log(items.size[None, :]) - np.log(wanted)) / np.log(8.0)
    return np.where(np.isnan(wanted), 0.6, np.maximum(1.0 - apart, 0.0))


def _soft_access(queries: Queries, items: Items) -> Floats:
    """Whether a carer is welcome and a quiet space there, for people past 75: comfort beyond what they must have."""
    comfort = items.access[:, [4, 6]].mean(axis=1)
    return np.where(queries.age[:, None] >= 75, comfort[None, :], 0.5)


def _slot_need(queries: Queries, items: Items) -> Floats:
    """Evenings are hard with low mood or fear of falling and right with work; mornings help in grief."""
    evening = _share_in(items, "eve")
    morning = _share_in(items, "am")
    return (
        _having(queries, "work parenting learning") * (evening - 0.5)
        - _having(queries, "low_mood falls anxiety dementia") * evening
        + _having(queries, "loneliness bereavement caring") * (morning - 0.5)
    )


def _share_in(items: Items, part: str) -> Floats:
    columns = [i for i, slot in enumerate(SLOTS.codes) if slot.endswith(part)]
    share: Floats = items.slots[:, columns].sum(axis=1) / np.maximum(items.slots.sum(axis=1), 1)
    return share[None, :]


def _having(queries: Queries, needs: str) -> Floats:
    most: Floats = queries.needs[:, [NEEDS.codes.index(need) for need in needs.split()]].max(axis=1)
    return most[:, None]


assert len(_START) == len(_PER_KM) == len(_CLIFF) == len(TRAVEL.codes)  # noqa: S101 - the tables follow the vocabulary
