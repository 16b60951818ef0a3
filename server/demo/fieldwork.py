"""A made-up doorstep round, a session of youth work, a hub with its shelves and a call that it passed on."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from server.demo.days import days_ago
from server.sync.door import Put

TEAM: Final = "team-mid"
HUB: Final = "hub-mid"
_DISTRICT: Final = "E07000070"
_ROUND: Final = {"round_id": "round-mid", "team_id": TEAM}
_DOORS: Final = 24
#: What came of the first doors, in order; the others are still to be visited.
_CAME: Final = ("done", "not_in", "done", "refused", "done", "done", "not_in", "done")
_QUESTIONS: Final[tuple[dict[str, Any], ...]] = (
    {"code": "know_neighbours", "text": "Do you know a neighbour by name?", "type": "yes_no", "required": True},
    {"code": "how_often", "text": "How often do you talk?", "type": "one",
     "options": [{"code": "most_days", "label": "Most days"}, {"code": "now_and_then", "label": "Now and then"}],
     "when": {"question": "know_neighbours", "is": ["yes"]}},
    {"code": "adults", "text": "How many adults live here?", "type": "number", "low": 1, "high": 12},
)  # fmt: skip
#: Name, category, unit, shelf, how many came in and went out.
_SHELF: Final = (
    ("Tinned soup", "food", "tin", "Shelf 1", 48, 9),
    ("Nappies, size 4", "baby", "pack", "Shelf 2", 12, 2),
    ("Electric blanket", "heating", "each", "Cupboard", 3, 2),
)


def made_up_fieldwork(today: date) -> Iterator[Put]:
    """Give the documents, in an order in which nothing refers to what is not there yet.

    today : before which all of it happened.
    """
    yield Put("team", TEAM, {"name": "Mid Essex link workers", "district": _DISTRICT, "made_up": True})
    yield Put("team", "team-north-east", {"name": "North East link workers", "district": "E07000071", "made_up": True})
    survey = {"team_id": TEAM, "series": "neighbours", "edition": 1, "title": "Neighbours", "questions": [*_QUESTIONS]}
    yield Put("survey", "neighbours-1", survey)
    said = {"name": "Old Moulsham, once more", "district": _DISTRICT, "area": "E01021582", "survey_id": "neighbours-1"}
    yield Put("round", "round-mid", {"team_id": TEAM, **said, "status": "open", "made_up": True})
    yield from _doors(days_ago(today, 4))
    met = {"age_under_16": 6, "age_16_17": 9, "age_18_24": 2, "themes": ["things_to_do", "safety"], "onward": 1}
    session = {
        "team_id": TEAM,
        "held_on": days_ago(today, 3),
        "place": "The skate park",
        "minutes": 120,
        "made_up": True,
    }
    yield Put("session_log", "session-mid", {**session, **met})
    yield from _hub(days_ago(today, 5))
    yield _call(days_ago(today, 3))


def _call(taken_on: str) -> Put:
    """Give a call about somebody, which the hub has passed to the team."""
    rang = {"caller_name": "Dora Larkrise", "caller_phone": "01632 960144", "relation": "child", "agreed": True}
    about = {
        "given_name": "Cyril",
        "family_name": "Larkrise",
        "phone": "01632 960145",
        "needs": ["loneliness", "falls"],
    }
    said = "Dad has hardly gone out since Mum died. He used to play bowls. Made up for demonstration."
    with_whom = {"status": "handed_over", "team_id": TEAM, "handovers": 1}
    return Put("intake", "call-mid", {"hub_id": HUB, "taken_on": taken_on, **rang, **about, "said": said, **with_whom})


def _doors(visited_on: str) -> Iterator[Put]:
    for number in range(1, _DOORS + 1):
        yield Put("household", f"door-{number}", {**_ROUND, "number": number, "area": "E01021582"})
    for number, outcome in enumerate(_CAME, start=1):
        answers = {"know_neighbours": "yes", "how_often": "now_and_then", "adults": 2} if outcome == "done" else {}
        asked = {"survey_id": "neighbours-1" if answers else None, "themes": ["noise"] if answers else []}
        visit = {**_ROUND, "household_id": f"door-{number}", "visited_on": visited_on, "outcome": outcome}
        yield Put("visit", f"visit-{number}", {**visit, **asked, "answers": answers})


def _hub(moved_on: str) -> Iterator[Put]:
    for number, (name, category, unit, shelf, came, went) in enumerate(_SHELF):
        item = f"item-{number}"
        what = {"name": name, "category": category, "unit": unit, "location": shelf, "low_at": 2}
        yield Put("item", item, {"hub_id": HUB, **what, "made_up": True})
        moved = {"item_id": item, "hub_id": HUB, "moved_on": moved_on}
        yield Put("movement", f"{item}-in", {**moved, "type": "in", "reason": "donated", "quantity": came})
        gone = {"type": "out", "reason": "handed_out", "quantity": went, "household_id": "made-up-7"}
        yield Put("movement", f"{item}-out", {**moved, **gone})
    wish = {"hub_id": HUB, "name": "Winter coats for children", "category": "clothes", "quantity": 10}
    yield Put("wish", "wish-0", wish)
