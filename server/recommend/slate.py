"""From candidates to a slate: eligibility, order, exploration, reasons.

`mobile_contract/typescript/ranker/shortlist.ts` gives the same slate; golden shortlists hold the two together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from ml.arrays import FloatArray, IntArray
from ml.columns import column
from ml.inputs import QUERY_INPUTS, query_inputs
from ml.models.calibration import in_tenths
from ml.models.walker import Pack
from ml.sessions import next_sessions
from server.recommend.demand import FAMILY, MANY, TEXT
from server.recommend.demand import POLICY as DEMAND
from server.recommend.explore import explored, policy_of, propensity
from server.recommend.model import (
    MOST_UNSHOWN,
    Document,
    ExcludedItem,
    Request,
    ShownItem,
    Slate,
    UnshownItem,
)
from server.recommend.prepared import Prepared
from server.recommend.reasons import Outside, explain, said

NO_PACK: Final = "Ranked by plain rules, as no trained ranker can be had at the moment."
#: For a rule whose own sentence cannot be said: one of a pack that is newer than this engine.
UNSAID: Final = "It does not fit what was recorded."


#: How a chance is said: see `ml.training.calibrate` for what it is read off.
CHANCE_TEXT: Final = "Of people whom something suited as well, {} went at least once."


class _Ranked(NamedTuple):
    """A row of the pool, its score, and the score before anything was taken off it."""

    row: int
    score: float
    suits: float


@dataclass(frozen=True, slots=True)
class _Pool:
    """The candidates beside one query. known : every value worked out from their inputs and the query's, by name."""

    ranker: Pack
    request: Request
    ready: Prepared
    known: Mapping[str, FloatArray]


def shortlist(pack: Pack | None, request: Request, ready: Prepared | None = None) -> Slate:
    """Rank the candidates of `request` with `pack`, or by plain rules when there is none.

    ready : its candidates made ready for its day, where somebody has done so already.
    """
    query = query_inputs(request.referral, request.person, today=request.today)
    pool = _pool(pack or Pack.rules(), request, query, ready or Prepared.of(request.candidates, request.today))
    count = len(pool.ready.candidates)
    rule = np.broadcast_to(pool.ranker.first_rule(pool.known), max(1, count))[:count]
    features, ranked = _ranked(pool, np.flatnonzero(rule < 0))
    return Slate(
        items=_shown(pool, features, ranked),
        unshown=[_unshown(pool, one.row) for one in ranked[request.limit :][:MOST_UNSHOWN]],
        excluded=[_excluded(pool, row, rule[row]) for row in np.flatnonzero(rule >= 0).tolist()],
        query=query,
        model_version=pool.ranker.version,
        pack_sha256=pack.sha256 if pack else None,
        policy=policy_of("ranked" if pack else "rules", DEMAND),
        base=pool.ranker.base,
        notice=None if pack else NO_PACK,
    )


def _pool(ranker: Pack, request: Request, query: Mapping[str, float], ready: Prepared) -> _Pool:
    asked = {name: column([query], name) for name in QUERY_INPUTS}
    known = ranker.known(asked | dict(ready.columns)) if ready.candidates else ranker.known({})
    return _Pool(ranker, request, ready, known)


def _ranked(pool: _Pool, eligible: IntArray) -> tuple[FloatArray, list[_Ranked]]:
    """Score the eligible rows; give their features and what they are, best first.

    Rows come in order of id, so a stable sort settles ties by id.
    """
    features = pool.ranker.matrix(pool.known)[eligible]
    suits = pool.ranker.score(features)
    scores = suits - pool.ready.demotion[eligible]
    order = np.argsort(-scores, kind="stable")
    listed = (column[order].tolist() for column in (eligible, scores, suits))
    return features[order], [_Ranked(*one) for one in zip(*listed, strict=True)]


def _shown(pool: _Pool, features: FloatArray, ranked: Sequence[_Ranked]) -> list[ShownItem]:
    """Lay out the best, some slates with two neighbours swapped."""
    best = ranked[: pool.request.limit]
    added = pool.ranker.contributions(features[: len(best)]).tolist()
    chances = pool.ranker.chance(np.array([one.suits for one in best]))
    told = [None] * len(best) if chances is None else chances.tolist()
    return [
        _line(pool, best[rank], rank, position, len(best), added[rank], told[rank])
        for position, rank in enumerate(explored(pool.request.referral_id, len(best)))
    ]


def _unshown(pool: _Pool, row: int) -> UnshownItem:
    return UnshownItem(pool.ready.candidates[row].kind, pool.ready.candidates[row].id)


def _line(
    pool: _Pool,
    ranked: _Ranked,
    rank: int,
    position: int,
    size: int,
    added: Sequence[float],
    chance: float | None,
) -> ShownItem:
    row = ranked.row
    candidate, inputs = pool.ready.candidates[row], pool.ready.inputs[row]
    known = {name: column[row : row + 1] if len(column) > 1 else column for name, column in pool.known.items()}
    text = TEXT if pool.ready.asked[row] >= MANY else None
    why = explain(pool.ranker, known, added, Outside(FAMILY, -float(pool.ready.demotion[row]), text))
    return ShownItem(
        kind=candidate.kind,
        id=candidate.id,
        position=position,
        score=ranked.score,
        propensity=propensity(rank, position, size),
        reasons=why.reasons,
        contributions=why.contributions,
        change=why.change,
        chance=chance,
        chance_text=None if chance is None else CHANCE_TEXT.format(in_tenths(chance)),
        distance_km=_distance_km(inputs, float(known["ground_m"][0])),
        next_session=_next_session(candidate.schedules, pool.request),
        places_open=_whole(inputs.get("places_open")),
        inputs=inputs,
    )


def _distance_km(inputs: Mapping[str, float], metres: float) -> float | None:
    return None if inputs["online"] or inputs["at_home"] or np.isnan(metres) else metres / 1000


def _next_session(schedules: Sequence[Document], request: Request) -> dict[str, str] | None:
    for session in next_sessions(schedules, request.today):
        return {"on": session.on.isoformat(), "from_time": session.from_time, "until_time": session.until_time}
    return None


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def _excluded(pool: _Pool, row: int, rule: int) -> ExcludedItem:
    name, _, text, change = pool.ranker.document["rules"][rule]
    candidate = pool.ready.candidates[row]
    change = None if change is None else said(change, pool.known, row)
    return ExcludedItem(candidate.kind, candidate.id, name, said(text, pool.known, row) or UNSAID, change)
