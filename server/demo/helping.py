"""What a made-up volunteer has done this year, what they lack, the role they try out; working time of another."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from server.demo.recruiting import CENTRE, EMPLOYEE, EMPLOYER, ROLE, walk
from server.sync.door import Put

_WHO: Final = "volunteer-000"
_NEAR: Final = {"district": "E07000070", "easting": 573300, "northing": 205600}
#: What was done: days ago, name, type, category, minutes, and the centre's thanks.
_DONE: Final = (
    (4, "Walk Biscuit round the park", "dog_walk", "home_help", 35, "Mr Dunmow says Biscuit slept all afternoon."),
    (12, "Ring somebody for a chat", "phone_call", "befriending", 40, None),
    (31, "Pick up a small shop", "shopping", "home_help", 45, None),
    (45, "Set up a tablet", "phone_help", "digital_help", 90, "She has rung her sister in Leeds by video. Thank you!"),
    (78, "Company on the way to hospital", "company", "befriending", 150, None),
    (120, "Pick up a prescription", "prescription", "home_help", 25, None),
    (166, "Fill in a form together", "form", "money_advice", 60, "A weight off his mind."),
    (230, "Water the tomatoes", "garden", "home_help", 30, None),
)
#: What is open near them and asks for something that they lack.
_GATED: Final[tuple[tuple[str, str, str, str, dict[str, Any]], ...]] = (
    ("task-supper", "Cook supper for a small club", "company", "cooking", {"training": ["food-hygiene"]}),
    ("task-friend", "Sit with somebody after hospital", "company", "befriending", {"dbs_level": "enhanced"}),
)


def made_up_help(today: date) -> Iterator[Put]:
    """Give the documents, in an order in which nothing refers to what is not there yet."""
    for number, (ago, name, sort, category, minutes, thanks) in enumerate(_DONE):
        yield from _done(f"helped-{number}", today - timedelta(days=ago), (name, sort, category), minutes, thanks)
    for number, (key, name, sort, category, asks) in enumerate(_GATED):
        window = _window(today + timedelta(days=2 + number))
        yield Put("task", key, _task(name, sort, category, 60) | window | asks)
    began = today - timedelta(days=19)
    steps = [("enquiry", 40), ("interview", 33), ("matched", 27), ("referred", 26), ("placed", 19)]
    made = list(walk("enquiry-tried", _WHO, "app", tuple((step, _day(today, ago)) for step, ago in steps)))
    yield made[-1]
    yield from made[:-1]
    yield Put("leave_request", "leave-garden", {
        "volunteer_id": EMPLOYEE, "employer_id": EMPLOYER, "opportunity_id": ROLE, "employee": "Orla T., pump hall",
        "leave_on": (began + timedelta(days=30)).isoformat(), "minutes": 180, "status": "asked",
    })  # fmt: skip


def _done(key: str, on: date, what: tuple[str, str, str], minutes: int, thanks: str | None) -> Iterator[Put]:
    took = f"{on}T08:12:00Z"
    yield Put("task", key, _task(*what, minutes) | _window(on) | {"status": "done", "claimed_at": took})
    claim: dict[str, Any] = {"task_id": key, "volunteer_id": _WHO, "centre_id": CENTRE, "status": "done"}
    times = {"claimed_at": took, "set_out_at": f"{on}T09:40:00Z", "ended_at": f"{on}T11:05:00Z"}
    thanked = {"thanks": thanks, "thanked_at": f"{on}T15:30:00Z"} if thanks else {}
    yield Put("claim", f"claim-{key}", claim | times | thanked | {"minutes": minutes})


def _task(name: str, sort: str, category: str, minutes: int) -> dict[str, Any]:
    return {"name": name, "type": sort, "category": category, "centre_id": CENTRE, "minutes": minutes, **_NEAR}


def _window(on: date) -> dict[str, str]:
    return {"window_from_at": f"{on}T10:00:00Z", "window_until_at": f"{on}T12:00:00Z"}


def _day(today: date, ago: int) -> str:
    return (today - timedelta(days=ago)).isoformat()
