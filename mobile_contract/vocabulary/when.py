"""Words about time: weekdays, and the parts of a day."""

from typing import Final

from mobile_contract.vocabulary.model import Vocabulary

_DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
_DAYPARTS = {"am": "morning", "pm": "afternoon", "eve": "evening"}

WEEKDAYS: Final = Vocabulary("weekday", _DAYS)

#: A slot is a weekday and a part of the day: am before 12:00, pm from 12:00, eve from 17:00.
SLOTS: Final = Vocabulary(
    "slot",
    {f"{day}_{part}": f"{_DAYS[day]} {_DAYPARTS[part]}" for day in _DAYS for part in _DAYPARTS},
)

#: Why a session does not take place.
CANCEL_REASONS: Final = Vocabulary(
    "cancel_reason",
    {
        "illness": "Somebody who runs it is ill",
        "venue": "The venue cannot be used",
        "weather": "Weather",
        "holiday": "Holiday",
        "too_few": "Too few people",
        "staff": "Nobody to run it",
        "other": "Something else",
    },
)
