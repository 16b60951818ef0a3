"""From candidates to a list: rules, score, demotion, exploration, reasons.

`mobile_contract/typescript/ranker/volunteers/rank.ts` gives the same list; golden rankings hold the two together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ml.arrays import FloatArray, IntArray
from ml.features.volunteers import VOLUNTEERS
from ml.features.volunteers.inputs import columns_for_task, columns_for_volunteer
from ml.features.volunteers.load import POLICY as SHARE
from ml.features.volunteers.load import demotion
from ml.models.walker import Pack
from server.recommend.explore import explored, policy_of, propensity
from server.recommend.reasons import explain, said
from server.recommend.slate import NO_PACK, UNSAID
from server.recommend.volunteers.model import Offered, Ranking, Suited, Unsuited


@dataclass(frozen=True, slots=True)
class _Pool:
    """Candidates in order of id and, as columns, the values worked out from their inputs. demotions : by name."""

    ranker: Pack
    candidates: Sequence[Offered]
    known: Mapping[str, FloatArray]
    demotions: Sequence[str]


def tasks_for_volunteer(
    pack: Pack | None, volunteer: Mapping[str, float], tasks: Sequence[Offered], *, seed: str, limit: int
) -> Ranking:
    """Rank what suits a volunteer. seed : decides what is explored, such as the volunteer's id and the day."""
    ranker, ordered = pack or Pack.rules(VOLUNTEERS), _ordered(tasks)
    known = ranker.known(columns_for_volunteer(volunteer, [task.inputs for task in ordered]) if ordered else {})
    return _ranking(pack, _Pool(ranker, ordered, known, ()), np.zeros(len(ordered)), seed, limit)


def volunteers_for_task(
    pack: Pack | None, task: Mapping[str, float], volunteers: Sequence[Offered], *, seed: str, limit: int
) -> Ranking:
    """Rank whom a task suits, those of whom less was asked of late before others; see `ml.features.volunteers.load`."""
    ranker, ordered = pack or Pack.rules(VOLUNTEERS), _ordered(volunteers)
    known = ranker.known(columns_for_task(task, [each.inputs for each in ordered]) if ordered else {})
    taken_off = demotion(np.broadcast_to(known["asks_30d"], max(1, len(ordered)))[: len(ordered)])
    return _ranking(pack, _Pool(ranker, ordered, known, (SHARE,)), taken_off, seed, limit)


def _ordered(candidates: Sequence[Offered]) -> list[Offered]:
    return sorted(candidates, key=lambda candidate: (candidate.id, candidate.kind))


def _ranking(pack: Pack | None, pool: _Pool, taken_off: FloatArray, seed: str, limit: int) -> Ranking:
    count = len(pool.candidates)
    rule = np.broadcast_to(pool.ranker.first_rule(pool.known), max(1, count))[:count]
    return Ranking(
        items=_suited(pool, np.flatnonzero(rule < 0), taken_off, seed, limit),
        excluded=[_unsuited(pool, row, rule[row]) for row in np.flatnonzero(rule >= 0).tolist()],
        model_version=pool.ranker.version,
        pack_sha256=pack.sha256 if pack else None,
        policy=policy_of("ranked" if pack else "rules", *pool.demotions),
        base=pool.ranker.base,
        notice=None if pack else NO_PACK,
    )


def _suited(pool: _Pool, eligible: IntArray, taken_off: FloatArray, seed: str, limit: int) -> list[Suited]:
    """Score the eligible rows and lay out the best; rows come in order of id, so a stable sort settles ties by id."""
    features = pool.ranker.matrix(pool.known)[eligible]
    scores = pool.ranker.score(features)
    best = np.argsort(-(scores - taken_off[eligible]), kind="stable")[:limit]
    added = pool.ranker.contributions(features[best]).tolist()
    rows, size = eligible[best].tolist(), len(best)
    return [
        replace(
            _line(pool, rows[rank], added[rank]),
            position=position,
            score=float(scores[best[rank]]),
            demotion=float(taken_off[rows[rank]]),
            propensity=propensity(rank, position, size),
        )
        for position, rank in enumerate(explored(seed, size))
    ]


def _line(pool: _Pool, row: int, added: Sequence[float]) -> Suited:
    candidate = pool.candidates[row]
    known = {name: column[row : row + 1] if len(column) > 1 else column for name, column in pool.known.items()}
    why = explain(pool.ranker, known, added)
    metres = float(known["ground_m"][0])
    return Suited(
        kind=candidate.kind,
        id=candidate.id,
        position=0,
        score=0.0,
        demotion=0.0,
        propensity=1.0,
        reasons=why.reasons,
        contributions=why.contributions,
        change=why.change,
        distance_km=None if known["from_home"][0] > 0 or np.isnan(metres) else metres / 1000,
    )


def _unsuited(pool: _Pool, row: int, rule: int) -> Unsuited:
    name, _, text, change = pool.ranker.document["rules"][rule]
    candidate = pool.candidates[row]
    change = None if change is None else said(change, pool.known, row)
    return Unsuited(candidate.kind, candidate.id, name, said(text, pool.known, row) or UNSAID, change)
