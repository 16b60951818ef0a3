"""What whoever does a task must hold on the day: the background check, trainings, and under 18 a guardian's consent."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from server.domain.youth import lacks_age

#: Levels of a background check, each holding those before it.
CHECKS: Final = ("none", "basic", "standard", "enhanced")


def lacking(
    task: Mapping[str, Any], volunteer: Mapping[str, Any], trained: Collection[str], on: str
) -> dict[str, list[str]]:
    """Say, by field of the task, what the volunteer lacks for it on a day; empty when they may do it.

    trained : ids of the trainings that they hold on that day. on : ISO date.
    """
    found: dict[str, list[str]] = {}
    asked = task.get("dbs_level") or "none"
    if CHECKS.index(volunteer.get("dbs_level") or "none") < CHECKS.index(asked):
        found["dbs_level"] = ["A higher background check than is held."]
    elif asked != "none" and (volunteer.get("dbs_until_on") or on) < on:
        found["dbs_level"] = ["The background check has run out."]
    if missing := lacks_training(task, trained):
        found["training"] = [f"Not held, or run out: {', '.join(missing)}."]
    return found | lacks_age(task, volunteer, on)


def lacks_training(task: Mapping[str, Any], trained: Collection[str]) -> list[str]:
    """Name the trainings that a task or a role asks for and that are not among those held, in order."""
    return sorted(set(task.get("training") or ()).difference(trained))


def may_be_asked(volunteer: Mapping[str, Any], on: str) -> bool:
    """Say whether a volunteer gives time on a day at all: active, and on no break. on : ISO date."""
    return volunteer.get("status") == "active" and (volunteer.get("paused_until_on") or "") <= on


def paused(volunteer: Mapping[str, Any], on: str) -> bool:
    """Say whether a volunteer is on a break on a day, or has left. on : ISO date."""
    return volunteer.get("status") in ("paused", "left") or (volunteer.get("paused_until_on") or "") > on
