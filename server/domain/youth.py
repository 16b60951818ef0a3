"""Volunteers under 18: what is open to them, and the guardian's consent without which they take on nothing."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

Document = Mapping[str, Any]
Errors = dict[str, list[str]]

#: From this age on, in years, nobody else's consent is asked for.
ADULT: Final = 18
#: Later than any day.
_NEVER: Final = "9999-12-31"


def age_on(birth_on: str, on: str) -> int:
    """Say how old somebody is on a day, in whole years. Whoever was born on 29 February is a year older on 1 March."""
    born, day = date.fromisoformat(birth_on), date.fromisoformat(on)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def lacks_age(task: Document, volunteer: Document, on: str) -> Errors:
    """Say, by field, what keeps a volunteer from a task or a role on a day for their age; empty when nothing does.

    Whose date of birth is not recorded counts as an adult. Nothing is open to anybody under 18 unless it says from
    which age. on : ISO date.
    """
    born = volunteer.get("birth_on")
    if born is None:
        return {}
    age, least = age_on(born, on), task.get("min_age")
    if age < ADULT and least is None:
        return {"min_age": [f"Open from the age of {ADULT} on."]}
    found: Errors = {}
    if least is not None and age < least:
        found["min_age"] = [f"Open from the age of {least} on."]
    if age < ADULT and (volunteer.get("guardian_until_on") or "") < on:
        found["guardian_consent"] = ["Under 18, and no guardian's consent holds on this day."]
    return found


def consent_until(consents: Iterable[Document]) -> str | None:
    """Say until when the consents of a volunteer's guardians hold together; None when there is none that does.

    A withdrawal stands, whoever else agreed, until a consent that was given on a later day.
    """
    told = list(consents)
    withdrawn = max((one["withdrawn_on"] or _NEVER for one in told if is_withdrawn(one)), default="")
    return max((one["until_on"] for one in told if not is_withdrawn(one) and one["given_on"] > withdrawn), default=None)


def is_withdrawn(consent: Document) -> bool:
    """Say whether a consent was taken back, or never given."""
    return consent["agreed"] is not True or consent["withdrawn_on"] is not None


def wrong_consent(consent: Document, volunteer: Document | None, today: str) -> Errors:
    """Say what is wrong with a new consent. volunteer : None when there is none of that id. today : ISO date."""
    if volunteer is None or volunteer["centre_id"] != consent["centre_id"]:
        return {"volunteer_id": ["This volunteer is another centre's."]}
    if consent["given_on"] > today:
        return {"given_on": ["This is still to come."]}
    return {"until_on": ["It ends before it begins."]} if consent["until_on"] < consent["given_on"] else {}
