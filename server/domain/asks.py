"""Asks: that a volunteer was asked about a task, and what may become of that."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

#: Numbers by name; what is not known is left out.
Inputs = Mapping[str, float]
#: States in which an answer is still awaited.
OPEN: Final = ("asked", "seen")
#: States in which a volunteer who claims the task after all is taken to have answered the ask.
_ANSWERABLE: Final = (*OPEN, "lapsed", "withdrawn")


@dataclass(frozen=True, slots=True)
class Asked:
    """One volunteer in a wave, in order of `position`, from 0.

    score : the ranker's. chance : that they say yes. propensity : the chance with which the policy asked them.
    """

    volunteer_id: str
    position: int
    score: float
    chance: float
    propensity: float


@dataclass(frozen=True, slots=True)
class Wave:
    """Volunteers to ask about a task at once.

    number : from 0. answer_until_at : UTC instant as text. task_inputs, inputs : what the ranker read of the task and,
    by volunteer, of each of them, as `ml.features.volunteers.inputs` names it.
    """

    task_id: str
    number: int
    asked: tuple[Asked, ...]
    answer_until_at: str
    policy: str
    model_version: str
    task_inputs: Inputs
    inputs: Mapping[str, Inputs]


def new_ask(wave: Wave, one: Asked, task: Mapping[str, Any], now: str) -> dict[str, Any]:
    """Make the record of an ask."""
    return {
        "task_id": wave.task_id,
        "volunteer_id": one.volunteer_id,
        "centre_id": task["centre_id"],
        "wave": wave.number,
        "position": one.position,
        "score": one.score,
        "chance": one.chance,
        "propensity": one.propensity,
        "policy": wave.policy,
        "model_version": wave.model_version,
        "asked_at": now,
        "answer_until_at": wave.answer_until_at,
        "status": "asked",
        "seen_at": None,
        "answered_at": None,
        "reason": None,
    }


def is_next(wave: Wave, task: Mapping[str, Any], now: str) -> bool:
    """Say whether a wave may still go out: the task is open, and nobody sent this wave or a later one."""
    last = task.get("wave")
    is_open = task["status"] == "open" and task["window_until_at"] >= now
    return is_open and wave.number == (0 if last is None else last + 1)


def may_become_claimed(ask: Mapping[str, Any]) -> bool:
    """Say whether the claim of the volunteer counts as the answer to this ask."""
    return ask["status"] in _ANSWERABLE
