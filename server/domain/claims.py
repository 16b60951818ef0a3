"""Claims: one volunteer has a task, decided by the server."""

from collections.abc import Mapping
from typing import Any, Final

#: The longest time that a volunteer can report for one task, in minutes.
LONGEST_MIN: Final = 24 * 60
#: How urgent a task can become by being given back; `priority` of the contract.
MOST_PRIORITY: Final = 9
#: The longest by which somebody is late and still comes, in minutes.
LATEST_MIN: Final = 240
#: The longest line that a volunteer and the centre say to each other.
LINE_LIMIT: Final = 300


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
        "late_min": None,
        "late_at": None,
        "ended_at": None,
        "minutes": None,
        "reason": None,
        "said": None,
        "thanks": None,
        "thanked_at": None,
    }


def given_back(task: Mapping[str, Any]) -> dict[str, Any]:
    """Say what becomes of a task that its claimant gives back: it is open, and goes out again before others."""
    priority = min(MOST_PRIORITY, (task.get("priority") or 0) + 1)
    return {"status": "open", "claimed_at": None, "priority": priority, "dispatched_at": None}


def wrong_minutes(minutes: object) -> bool:
    """Say whether a reported time is anything but a whole number of minutes from 1 to a day's."""
    return not _is_whole(minutes, 1, LONGEST_MIN)


def wrong_lateness(minutes: object) -> bool:
    """Say whether this is anything but a whole number of minutes by which somebody is late; 0 is on time after all."""
    return not _is_whole(minutes, 0, LATEST_MIN)


def wrong_line(line: object) -> bool:
    """Say whether this is no line to somebody: text of 1 to 300 characters of which something is seen."""
    return not isinstance(line, str) or not line.strip() or len(line) > LINE_LIMIT or "\x00" in line


def _is_whole(number: object, low: int, high: int) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and low <= number <= high
