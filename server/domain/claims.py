"""Claims: one volunteer has a task, decided by the server."""

from collections.abc import Mapping
from typing import Any, Final

#: The longest time that a volunteer can report for one task, in minutes.
LONGEST_MIN: Final = 24 * 60


def refuse_claim(task: Mapping[str, Any], now: str) -> str | None:
    """Say why nobody may claim this task now: the slug of a problem, None when it is open.

    now : UTC instant as text; whether another volunteer has the task is storage's to say.
    """
    if task["status"] == "claimed":
        return "task-already-claimed"
    if task["status"] != "open" or task["window_until_at"] < now:
        return "task-not-open"
    return None


def new_claim(task_id: str, task: Mapping[str, Any], volunteer_id: str, now: str) -> dict[str, Any]:
    """Make the record of a claim that was just won."""
    return {
        "task_id": task_id,
        "volunteer_id": volunteer_id,
        "centre_id": task["centre_id"],
        "status": "active",
        "claimed_at": now,
        "ended_at": None,
        "minutes": None,
    }


def wrong_minutes(minutes: object) -> bool:
    """Say whether a reported time is anything but a whole number of minutes from 1 to a day's."""
    return not isinstance(minutes, int) or isinstance(minutes, bool) or not 1 <= minutes <= LONGEST_MIN
