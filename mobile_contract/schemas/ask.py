"""That a volunteer was asked about a task: the volunteers' side's log of exposures."""

from mobile_contract.kind import Document, choice, code, instant, integer, kind, line, number, reference
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import ASK_REASONS

_SERVER = Merge.SERVER


@kind(
    "ask",
    scopes=("volunteer:{volunteer_id}", "centre:{centre_id}"),
    commands=("see_ask", "decline_ask"),
    since=5,
)
class Ask(Document):
    """One volunteer, asked in one wave about one task; written by the server alone.

    wave : which, from 0. position : in the wave, from 0. chance : that the volunteer would say yes, as it was thought.
    propensity : the chance with which the policy asked this volunteer in this wave. answer_until_at : when the ask
    lapses. reason : why it came to nothing; the volunteer's own when they declined.
    """

    task_id = reference("task", merge=_SERVER, required=True)
    volunteer_id = reference("volunteer", merge=_SERVER, required=True)
    centre_id = reference(merge=_SERVER, required=True)
    wave = integer(0, 999, merge=_SERVER, required=True)
    position = integer(0, 9999, merge=_SERVER, required=True)
    score = number(merge=_SERVER)
    chance = number(0, 1, merge=_SERVER)
    propensity = number(0, 1, merge=_SERVER)
    policy = line(60, merge=_SERVER, required=True)
    model_version = line(60, merge=_SERVER)
    asked_at = instant(merge=_SERVER, required=True)
    answer_until_at = instant(merge=_SERVER, required=True)
    status = choice("asked", "seen", "declined", "claimed", "lapsed", "withdrawn", merge=_SERVER, required=True)
    seen_at = instant(merge=_SERVER)
    answered_at = instant(merge=_SERVER)
    reason = code(ASK_REASONS, merge=_SERVER)
