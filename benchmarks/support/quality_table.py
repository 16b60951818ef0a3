"""What was asked of orders beside what was measured, in lines of a page."""

from collections.abc import Iterator
from typing import Any, Final

from ml.training.comparison import BLIND, OURS

#: Wanted NDCG@10 of the hybrid by size of world, and its wanted leads at 4,000 referrals, in two kinds of world.
WANTED: Final = {
    300: {"additive": 0.73, "hard": 0.68},
    4000: {"additive": 0.80, "hard": 0.79},
    12000: {"additive": 0.83, "hard": 0.83},
}
WANTED_AT: Final = 4000
WANTED_LEADS: Final = {
    "rules": {"additive": 0.28, "hard": 0.22},
    "distance": {"additive": 0.46, "hard": 0.32},
    "popularity": {"additive": 0.42, "hard": 0.32},
    "logistic": {"additive": -0.005, "hard": 0.08},
}
WANTED_OF_POSITION: Final = {"on": 0.01, "off": -0.005}


def asked_and_measured(found: dict[str, Any]) -> Iterator[str]:
    """Yield the table of the hybrid's quality and of its leads."""
    dials = list(found["dials"])
    yield f"| asked \\| measured | {' | '.join(dials)} |"
    yield "|---|" + "---|" * len(dials)
    wanted = WANTED.get(found["referrals"], {})
    told = [_beside(wanted.get(dial), found["dials"][dial]["mean_of_seeds"][OURS], "≥ {:.2f}") for dial in dials]
    yield f"| NDCG@10 of the hybrid | {' | '.join(told)} |"
    for name, leads in WANTED_LEADS.items():
        asked = leads if found["referrals"] == WANTED_AT else {}
        told = [_beside(asked.get(dial), found["dials"][dial]["lead"][name], "≥ {:+.3f}") for dial in dials]
        yield f"| over {name} | {' | '.join(told)} |"


def position_table(usual: dict[str, Any], off: dict[str, Any] | None) -> Iterator[str]:
    """Yield the rows on what being told positions brings, with the usual bias and without any."""
    for name, found in (("on", usual), ("off", off)):
        if found is not None:
            wanted = WANTED_OF_POSITION[name] if found["referrals"] == WANTED_AT else None
            of = found["dials"]
            told = [_beside(wanted, of[d]["lead"][BLIND], "≥ {:+.3f}") if d in of else "-" for d in usual["dials"]]
            yield f"| position told, bias {name} | {' | '.join(told)} |"


def _beside(asked: float | None, measured: Any, form: str) -> str:
    """Tell a wanted figure, if there is one, and the measured one with its interval, if it has one."""
    wanted = "-" if asked is None else form.format(asked)
    if isinstance(measured, float):
        return f"{wanted} \\| **{measured:.3f}**"
    return f"{wanted} \\| **{measured['mean']:+.3f}** ({measured['low']:+.3f} to {measured['high']:+.3f})"
