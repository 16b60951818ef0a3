"""Claims: one volunteer has a task, decided by the server."""

from collections.abc import Mapping
from typing import Any, Final

#: The longest time that a volunteer can report for one task, in minutes.
LONGEST_MIN: Final = 24 * 60
#: How urgent a task can become by being given back; `priority` of the contract.
MOST_PRIORITY: Final = 9
#: The longest line of thanks.
THANKS_LIMIT: Final = 300


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
        "set_out_at": None,
        "ended_at": None,
        "minutes": None,
        "thanks": None,
        "thanked_at": None,
    }


def given_back(task: Mapping[str, Any]) -> dict[str, Any]:
    """Say what becomes of a task that its claimant gives back: it is open, and goes out again before others."""
    priority = min(MOST_PRIORITY, (task.get("priority") or 0) + 1)
    return {"status": "open", "claimed_at": None, "priority": priority, "dispatched_at": None}


def wrong_minutes(minutes: object) -> bool:
    """Say whether a reported time is anything but a whole number of minutes from 1 to a day's."""
    return not isinstance(minutes, int) or isinstance(minutes, bool) or not 1 <= minutes <= LONGEST_MIN


def wrong_thanks(line: object) -> bool:
    """Say whether this is no line of thanks: text of 1 to 300 characters of which something is seen."""
    return not isinstance(line, str) or not line.strip() or len(line) > THANKS_LIMIT or "\x00" in line
