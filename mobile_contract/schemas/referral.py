"""A referral: what a person needs, who asked, and how far it has come."""

from mobile_contract.kind import (
    Document,
    code,
    codes,
    day,
    integer,
    kind,
    life_cycle,
    line,
    long_text,
    reference,
)
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import NEEDS, REASONS, SOURCES, URGENCIES

_END = ("declined", "nothing_suitable", "closed")
MOVES = {
    "received": ("contacted", "shortlisted", *_END),
    "contacted": ("shortlisted", *_END),
    "shortlisted": ("offered", "accepted", *_END),
    "offered": ("accepted", "shortlisted", *_END),
    "accepted": ("started", "shortlisted", *_END),
    "started": ("sustained", "shortlisted", *_END),
    "sustained": ("closed",),
    "declined": ("received",),
    "nothing_suitable": ("received", "shortlisted", "closed"),
    "closed": ("received",),
}


@kind(
    "referral",
    scopes=("caseload:{team_id}",),
    writers=("prescriber", "outreach", "administrator"),
    commands=("hand_over",),
    personal=True,
)
class Referral(Document):
    """One request for support. budget_pence : the most that one session may cost, None for no limit.

    source : how it came about. One from a visit, a session or a call names the consent that it was made with, and never
    which visit, session or door. handovers : how often it went to another team.
    """

    person_id = reference("person", required=True, merge=Merge.IMMUTABLE)
    team_id = reference(required=True)
    referrer_organisation_id = reference("organisation")
    referrer_name = line(120)
    needs = codes(NEEDS, personal=True, required=True)
    main_need = code(NEEDS, personal=True)
    budget_pence = integer(0, 100_000, personal=True)
    urgency = code(URGENCIES, load_default="routine")
    received_on = day(required=True)
    status = life_cycle(MOVES)
    reason = code(REASONS)
    comment = long_text(2000, personal=True)
    source = code(SOURCES, merge=Merge.IMMUTABLE)
    consent_id = reference("consent", merge=Merge.IMMUTABLE)
    handovers = integer(0, merge=Merge.SERVER, load_default=0)
