"""Somebody rings a hub for somebody: who rang, for whom, and who took it up."""

from mobile_contract.kind import (
    Document,
    choice,
    code,
    codes,
    day,
    integer,
    kind,
    line,
    long_text,
    name,
    reference,
    restrict,
)
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import NEEDS, RELATIONS, URGENCIES

_FIXED, _SERVER = Merge.IMMUTABLE, Merge.SERVER


@kind(
    "intake",
    scopes=("hub:{hub_id}", "caseload:{team_id}"),
    writers=("hub", "prescriber", "outreach", "administrator"),
    commands=("hand_over", "take_up", "erase"),
    personal=True,
    since=5,
)
class Intake(Document):
    """A call. It is with one team at a time; that team takes it up, and then there are a person and a referral.

    agreed : whether the person knows of the call and wants it; nobody takes it up without. team_id : who has it now,
    None while it is still the hub's alone. made_id : the person made of it. handovers : how often it went on.
    """

    hub_id = reference(required=True, merge=_FIXED)
    taken_on = day(required=True, merge=_FIXED)
    caller_name = line(120, personal=True)
    caller_phone = line(40, personal=True)
    relation = code(RELATIONS, required=True)
    agreed = restrict(True, False, load_default=False)
    given_name = name(80, required=True, personal=True)
    family_name = name(80, required=True, personal=True)
    phone = line(40, personal=True)
    address = line(300, personal=True)
    needs = codes(NEEDS, personal=True)
    urgency = code(URGENCIES, load_default="routine")
    said = long_text(4000, personal=True)
    status = choice("taken", "handed_over", "taken_up", merge=_SERVER, load_default="taken")
    team_id = reference(merge=_SERVER)
    handovers = integer(0, merge=_SERVER, load_default=0)
    made_kind = choice("person", merge=_SERVER)
    made_id = reference(kind_in="made_kind", merge=_SERVER)
    referral_id = reference(merge=_SERVER)
