"""Who has a task: written by the server alone, when it decides a claim."""

from mobile_contract.kind import Document, choice, code, instant, integer, kind, line, reference
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import ASK_REASONS


@kind("claim", scopes=("volunteer:{volunteer_id}", "centre:{centre_id}"), commands=("thank",))
class Claim(Document):
    """A volunteer's hold on a task and how it ended.

    late_min, late_at : by how many minutes the volunteer said to be late, None or 0 for not at all, and when they did.
    reason : why it was given back, if they said so. said : a line from the volunteer, once it is done. thanks : one
    from the centre.
    """

    task_id = reference("task", merge=Merge.SERVER, required=True)
    volunteer_id = reference("volunteer", merge=Merge.SERVER, required=True)
    centre_id = reference(merge=Merge.SERVER, required=True)
    status = choice("active", "en_route", "released", "lapsed", "done", merge=Merge.SERVER, required=True)
    claimed_at = instant(merge=Merge.SERVER, required=True)
    set_out_at = instant(merge=Merge.SERVER)
    late_min = integer(0, 240, merge=Merge.SERVER)
    late_at = instant(merge=Merge.SERVER)
    ended_at = instant(merge=Merge.SERVER)
    minutes = integer(1, 24 * 60, merge=Merge.SERVER)
    reason = code(ASK_REASONS, merge=Merge.SERVER)
    said = line(300, merge=Merge.SERVER)
    thanks = line(300, merge=Merge.SERVER)
    thanked_at = instant(merge=Merge.SERVER)
