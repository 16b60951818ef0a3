"""Waves: whom to ask next about a task, so that one of them likely takes it and asks are shared fairly.

A wave is sized so that the chance of at least one prompt yes reaches a target:

    1 - product over those asked of (1 - prompt * chance)  >=  target

In it stand those of the highest standing, which is what the ranker says less a step for each ask of the last 30 days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import Final

from server.domain.asks import Asked

_HASHES: Final = float(1 << 64)


@dataclass(frozen=True, slots=True)
class WavePolicy:
    """The figures of the policy; settings hold them, docs/marketplace.md explains them.

    target : wanted chance of a yes within a wave's time, 0.05 to 0.99. prompt : the share of yeses that come within
    that time, 0.01 to 1. gap_s : seconds until the next wave, 5 to 86,400. widen : how many times larger each wave is
    at least than the one before, 1 to 4. most : volunteers in one wave, 1 to 500. answer_s : seconds until an ask
    lapses, 60 to 604,800. step : what each ask in 30 days takes off the ranker's score, 0 to 10. most_a_day : asks of
    one volunteer in 24 hours, 1 to 100. explore : chance that the last place goes to a runner-up, 0 to 0.5, one of so
    many `among`, 1 to 50. lapse_s : seconds after the end of a task's window until a claim that nobody ended lapses,
    0 to 2,592,000. quiet_from, quiet_until : local times between which nobody is asked, unless they say otherwise.
    """

    target: float = 0.7
    prompt: float = 0.45
    gap_s: int = 60
    widen: float = 1.5
    most: int = 40
    answer_s: int = 3600
    step: float = 1.0
    most_a_day: int = 4
    explore: float = 0.1
    among: int = 10
    lapse_s: int = 86_400
    quiet_from: str = "21:00"
    quiet_until: str = "08:00"

    @property
    def name(self) -> str:
        """What the log of asks calls it."""
        return f"waves-{self.target:g}-{self.step:g}-explore{self.explore * 100:g}"


@dataclass(frozen=True, slots=True)
class Willing:
    """One volunteer who may do the task and may be asked now.

    score : the ranker's. chance : of a yes, 0 to 1. asks_30d : how often they were asked in the last 30 days.
    """

    volunteer_id: str
    score: float
    chance: float
    asks_30d: int


def next_wave(
    willing: Sequence[Willing], policy: WavePolicy, *, seed: str, number: int, last_size: int = 0
) -> tuple[Asked, ...]:
    """Choose whom to ask in a wave, those of the highest standing first; the same for the same arguments.

    willing : those not asked about the task yet, in any order. seed : such as the task's id; it settles equals and what
    is explored. number : of the wave, from 0. last_size : how many the wave before asked.
    """
    lot = f"{seed}/{number}"
    ordered = sorted(
        willing, key=lambda one: (policy.step * one.asks_30d - one.score, _fraction(lot, one.volunteer_id))
    )
    least = min(policy.most, int(last_size * policy.widen))
    size = max(_size(ordered, policy), min(least, len(ordered)))
    return _laid_out(ordered, size, policy, lot)


def standing(one: Willing, policy: WavePolicy) -> float:
    """Say how early a volunteer's turn comes: the ranker's score less what they were asked of late."""
    return one.score - policy.step * one.asks_30d


def _size(ordered: Sequence[Willing], policy: WavePolicy) -> int:
    """Say how many of those in order it takes until the target is reached; all of them when it never is."""
    nobody = 1.0
    for place, one in enumerate(ordered[: policy.most], start=1):
        nobody *= 1.0 - policy.prompt * one.chance
        if 1.0 - nobody >= policy.target:
            return place
    return min(policy.most, len(ordered))


def _laid_out(ordered: Sequence[Willing], size: int, policy: WavePolicy, lot: str) -> tuple[Asked, ...]:
    """Give the first `size`, the last of them now and then swapped for a runner-up, each with its propensity."""
    runners_up = ordered[size : size + policy.among]
    chosen, last_chance = list(ordered[:size]), 1.0
    if chosen and runners_up:
        last_chance = 1.0 - policy.explore
        if _fraction(lot, "explore") < policy.explore:
            place = int(_fraction(lot, "runner-up") * len(runners_up))
            chosen[-1], last_chance = runners_up[place], policy.explore / len(runners_up)
    return tuple(
        Asked(one.volunteer_id, place, one.score, one.chance, last_chance if place == size - 1 else 1.0)
        for place, one in enumerate(chosen)
    )


def is_due(last_at: datetime | None, still_open: int, policy: WavePolicy, now: datetime) -> bool:
    """Say whether the next wave should go out: the first one, when its time has passed, or when all have said no.

    last_at : when the last wave went out, None for none yet or when the task was given back. still_open : asks that
    nobody has answered.
    """
    return last_at is None or not still_open or now >= last_at + timedelta(seconds=policy.gap_s)


def is_quiet(at: time, quiet_from: str | None, quiet_until: str | None, policy: WavePolicy) -> bool:
    """Say whether a volunteer is not to be asked at a local time; from and until None mean the policy's."""
    begins, ends = quiet_from or policy.quiet_from, quiet_until or policy.quiet_until
    now = f"{at:%H:%M}"
    return begins <= now < ends if begins <= ends else now >= begins or now < ends


def _fraction(lot: str, name: str) -> float:
    """Draw a number from 0 to below 1 by lot; the same for the same names."""
    return int.from_bytes(sha256(f"{lot}/{name}".encode()).digest()[:8], "big") / _HASHES
