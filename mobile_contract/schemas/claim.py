"""Who has a task: written by the server alone, when it decides a claim."""

from mobile_contract.kind import Document, choice, instant, integer, kind, reference
from mobile_contract.merge import Merge


@kind("claim", scopes=("volunteer:{volunteer_id}", "centre:{centre_id}"))
class Claim(Document):
    """A volunteer's hold on a task and how it ended."""

    task_id = reference("task", merge=Merge.SERVER, required=True)
    volunteer_id = reference("volunteer", merge=Merge.SERVER, required=True)
    centre_id = reference(merge=Merge.SERVER, required=True)
    status = choice("active", "released", "done", merge=Merge.SERVER, required=True)
    claimed_at = instant(merge=Merge.SERVER, required=True)
    ended_at = instant(merge=Merge.SERVER)
    minutes = integer(1, 24 * 60, merge=Merge.SERVER)
