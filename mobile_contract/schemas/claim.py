"""Who has a task: written by the server alone, when it decides a claim."""

from mobile_contract.kind import Document, choice, instant, integer, kind, line, reference
from mobile_contract.merge import Merge


@kind("claim", scopes=("volunteer:{volunteer_id}", "centre:{centre_id}"), commands=("thank",))
class Claim(Document):
    """A volunteer's hold on a task and how it ended. thanks : a line from the centre, once it is done."""

    task_id = reference("task", merge=Merge.SERVER, required=True)
    volunteer_id = reference("volunteer", merge=Merge.SERVER, required=True)
    centre_id = reference(merge=Merge.SERVER, required=True)
    status = choice("active", "en_route", "released", "lapsed", "done", merge=Merge.SERVER, required=True)
    claimed_at = instant(merge=Merge.SERVER, required=True)
    set_out_at = instant(merge=Merge.SERVER)
    ended_at = instant(merge=Merge.SERVER)
    minutes = integer(1, 24 * 60, merge=Merge.SERVER)
    thanks = line(300, merge=Merge.SERVER)
    thanked_at = instant(merge=Merge.SERVER)
