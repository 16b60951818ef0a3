"""A made-up round that is half done and one that is over: stretches, a survey that goes by its answers, sessions."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from server.demo.fieldwork import HUB, TEAM
from server.sync.door import Put

ROUND: Final = "round-melbourne"
SURVEY: Final = "closer-1"
_DISTRICT: Final = "E07000070"
#: A round that ended so many days ago, with so many doors, all in one area.
_PAST: Final = "round-park-past"
_PAST_DAYS: Final = 60
_PAST_DOORS: Final = 24
#: Doors, area and place of each stretch, as they lie on the way.
_STRETCHES: Final = (
    (14, "E01021560", 569_800, 208_100),
    (18, "E01021560", 570_300, 208_300),
    (11, "E01021561", 570_900, 208_600),
    (17, "E01021561", 571_400, 208_900),
)
_HELP: Final = {"question": "lonely", "is": ["often", "sometimes"]}
_QUESTIONS: Final[tuple[dict[str, Any], ...]] = (
    {"code": "home", "text": "How long have you lived here?", "type": "one", "required": True,
     "options": [{"code": "under_1", "label": "Less than a year"}, {"code": "to_5", "label": "1 to 5 years"},
                 {"code": "over_5", "label": "More than 5 years"}]},
    {"code": "know_neighbours", "text": "Do you know a neighbour by name?", "type": "yes_no", "required": True},
    {"code": "how_often", "text": "How often do you talk with them?", "type": "one",
     "options": [{"code": "most_days", "label": "Most days"}, {"code": "weekly", "label": "Every week"},
                 {"code": "now_and_then", "label": "Now and then"}],
     "when": {"question": "know_neighbours", "is": ["yes"]}},
    {"code": "lonely", "text": "How often do you feel lonely?", "type": "one",
     "options": [{"code": "often", "label": "Often"}, {"code": "sometimes", "label": "Sometimes"},
                 {"code": "never", "label": "Hardly ever"}]},
    {"code": "what_helps", "text": "What would help?", "type": "many",
     "options": [{"code": "group", "label": "A group nearby"}, {"code": "visit", "label": "Somebody who calls round"},
                 {"code": "lift", "label": "A lift"}, {"code": "phone", "label": "Help with a phone or computer"}],
     "when": _HELP},
    {"code": "adults", "text": "How many adults live here?", "type": "number", "low": 1, "high": 12, "required": True},
    {"code": "hours", "text": "How many hours a week could you give to others?", "type": "number", "low": 1, "high": 40,
     "when": {"all": [{"not": _HELP}, {"question": "adults", "from": 1}]}},
)  # fmt: skip
#: What came of the first doors, in order: outcome, words, answers.
_YES: Final = {"home": "over_5", "know_neighbours": "yes", "how_often": "weekly", "lonely": "never", "adults": 2}
_ALONE: Final = {"home": "to_5", "know_neighbours": "no", "lonely": "sometimes", "what_helps": ["group"], "adults": 1}
_CAME: Final[tuple[tuple[str, str | None, dict[str, Any]], ...]] = (
    ("done", None, _YES), ("done", None, _ALONE), ("not_in", None, {}), ("done", None, _YES), ("refused", None, {}),
    ("not_in", "This week after six, please", {}), ("done", None, _ALONE), ("done", None, _YES), ("not_in", None, {}),
    ("done", None, _YES), ("done", None, _ALONE), ("refused", None, {}), ("done", None, _YES), ("done", None, _YES),
    ("not_in", None, {}), ("done", None, _ALONE), ("not_in", "Not on Fridays", {}), ("done", None, _YES),
)  # fmt: skip
#: Days ago, place, minutes, counts, themes.
_SESSIONS: Final[tuple[tuple[int, str, int, dict[str, int], list[str]], ...]] = (
    (2, "Melbourne Park, by the courts", 90, {"age_under_16": 11, "age_16_17": 8, "age_18_24": 3}, ["things_to_do"]),
    (9, "Bus station", 60, {"age_16_17": 12, "age_18_24": 6, "age_not_known": 2}, ["safety", "transport"]),
)


def made_up_doorstep(today: date) -> Iterator[Put]:
    """Give the documents, in an order in which nothing refers to what is not there yet."""
    told = {"series": "closer", "edition": 1, "title": "Closer to each other", "questions": [*_QUESTIONS]}
    yield Put("survey", SURVEY, {"team_id": TEAM, **told})
    when = {"starts_on": _ago(today, 3), "ends_on": _ago(today, -11), "workers": ["Ned", "Ottilie"]}
    what = {"name": "Melbourne Park, this fortnight", "district": _DISTRICT, "survey_id": SURVEY, "status": "open"}
    yield Put("round", ROUND, {"team_id": TEAM, **what, **when, "made_up": True})
    yield from _doors()
    yield from _visits(today)
    yield from _past(today)
    for number, (days, place, minutes, met, themes) in enumerate(_SESSIONS):
        where = {"team_id": TEAM, "held_on": _ago(today, days), "place": place, "minutes": minutes}
        yield Put("session_log", f"session-park-{number}", {**where, **met, "themes": themes, "made_up": True})
    yield _call(today)


def _doors() -> Iterator[Put]:
    number = 0
    for doors, area, easting, northing in _STRETCHES:
        for _ in range(doors):
            number += 1
            place = {"area": area, "easting": easting, "northing": northing}
            yield Put("household", _door(number), {"round_id": ROUND, "team_id": TEAM, "number": number, **place})


def _visits(today: date) -> Iterator[Put]:
    for number, (outcome, said, answers) in enumerate(_CAME, start=1):
        fixed = {"team_id": TEAM, "round_id": ROUND, "household_id": _door(number), "visited_on": _ago(today, 1)}
        heard = {"survey_id": SURVEY if answers else None, "answers": answers, "themes": ["noise"] if answers else []}
        yield Put("visit", f"melbourne-visit-{number:02}", {**fixed, "outcome": outcome, "said": said, **heard})


def _past(today: date) -> Iterator[Put]:
    """Give a closed round, long enough ago for its report to be made."""
    when = {"starts_on": _ago(today, _PAST_DAYS + 6), "ends_on": _ago(today, _PAST_DAYS), "workers": ["Ned"]}
    what = {"name": "Park Avenue, in the summer", "district": _DISTRICT, "survey_id": SURVEY, "status": "closed"}
    yield Put("round", _PAST, {"team_id": TEAM, **what, **when, "made_up": True})
    area, easting, northing = _STRETCHES[0][1:]
    for number in range(1, _PAST_DOORS + 1):
        mine = {"round_id": _PAST, "team_id": TEAM}
        place = {"number": number, "area": area, "easting": easting, "northing": northing}
        yield Put("household", f"past-{number:02}", {**mine, **place})
        outcome, _, answers = _CAME[(number - 1) % len(_CAME)]
        heard = {"survey_id": SURVEY if answers else None, "answers": answers, "themes": ["noise"] if answers else []}
        visited = {"household_id": f"past-{number:02}", "visited_on": when["ends_on"], "outcome": outcome}
        yield Put("visit", f"past-visit-{number:02}", {**mine, **visited, **heard})


def _call(today: date) -> Put:
    """Give a call that the hub has taken and not handed to a team yet."""
    who = {"relation": "child", "caller_name": "Cosmo Made-Up", "given_name": "Dorothea", "family_name": "Applethwaite"}
    what = {"needs": ["food"], "said": "Has not eaten well for weeks. Not asked yet whether she wants this."}
    return Put("intake", "made-up-call", {"hub_id": HUB, "taken_on": _ago(today, 4), **who, **what})


def _door(number: int) -> str:
    return f"melbourne-{number:02}"


def _ago(today: date, days: int) -> str:
    return (today - timedelta(days)).isoformat()
