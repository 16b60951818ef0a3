"""Who looked after something until when: one line each time that it went to another team, written by the server."""

from mobile_contract.kind import Document, choice, code, day, integer, kind, line, reference
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import HANDOVER_REASONS

_SERVER = Merge.SERVER


@kind(
    "handover",
    scopes=("caseload:{from_team_id}", "caseload:{team_id}", "hub:{hub_id}"),
    personal=True,
    since=5,
)
class Handover(Document):
    """One step of a referral or an intake from team to team. number : from 1. It says nothing of the person.

    from_team_id : None for the first step of an intake, which came from its hub.
    """

    record_kind = choice("referral", "intake", merge=_SERVER, required=True)
    record_id = reference(kind_in="record_kind", merge=_SERVER, required=True)
    number = integer(1, 100_000, merge=_SERVER, required=True)
    from_team_id = reference(merge=_SERVER)
    team_id = reference(merge=_SERVER, required=True)
    hub_id = reference(merge=_SERVER)
    reason = code(HANDOVER_REASONS, merge=_SERVER)
    by_account = line(64, merge=_SERVER)
    handed_on = day(merge=_SERVER, required=True)
