"""Fieldwork: what is wrong with a visit that fits neither its round nor the survey that it was asked by."""

from collections.abc import Mapping
from typing import Any, Final

from mobile_contract.survey import wrong_answers

Document = Mapping[str, Any]
Errors = dict[str, list[str]]

#: How somebody came to be referred without having come to us: we went to them, or somebody rang.
MET_OUTSIDE: Final = ("visit", "session", "phone_call")


def wrong_visit(visit: Document, household: Document, survey: Document | None) -> Errors:
    """Say what is wrong with a visit. household : the one it names. survey : the version it names, if it names one."""
    errors: Errors = {}
    if household["round_id"] != visit["round_id"]:
        errors["household_id"] = ["This household is on another round."]
    if visit["outcome"] == "not_in" and (visit["answers"] or visit["onward"]):
        errors["outcome"] = ["Nobody was in, so nobody answered."]
    if visit["answers"] and survey is None:
        errors["survey_id"] = ["Answers need the survey that they are answers to."]
    elif survey is not None and (wrong := _wrong_answers(visit, survey)):
        errors["answers"] = [f"{name}: {message}" for name, messages in wrong.items() for message in messages]
    return errors


def _wrong_answers(visit: Document, survey: Document) -> Errors:
    """Judge answers; a survey that was broken off has what was answered until then."""
    if visit["outcome"] != "done":
        return wrong_answers([{**one, "required": False} for one in survey["questions"]], visit["answers"])
    return wrong_answers(survey["questions"], visit["answers"])


def wrong_helpers(session: Document, today: str) -> Errors:
    """Say what is wrong where a session names volunteers who helped: whose they are, how long, when. today : local."""
    asked = {"centre_id": "Say whose volunteers they are.", "minutes": "Say how long they helped."}
    errors = {name: [message] for name, message in asked.items() if not session[name]}
    return errors | ({"held_on": ["This is still to come."]} if session["held_on"] > today else {})


def wrong_source(referral: Document, consent: Document | None) -> Errors:
    """Say what is wrong with a referral of somebody met outside: consent comes first."""
    if referral.get("source") not in MET_OUTSIDE:
        return {}
    if consent is None:
        return {"consent_id": ["Ask for consent first, and name it here."]}
    if consent["person_id"] != referral["person_id"]:
        return {"consent_id": ["This consent is another person's."]}
    if consent["keep_record"] is not True:
        return {"consent_id": ["This person has not agreed that a record is kept."]}
    return {}
