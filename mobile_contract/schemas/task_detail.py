"""The private part of a micro-task: held by its centre and, once claimed, by the claimant."""

from mobile_contract.kind import Document, kind, line, long_text, reference
from mobile_contract.merge import Merge


@kind(
    "task_detail",
    scopes=("centre:{centre_id}", "volunteer:{claimant_id}"),
    writers=("centre", "administrator"),
    personal=True,
)
class TaskDetail(Document):
    """Who is helped and where. It has the id of its task."""

    task_id = reference("task", required=True, merge=Merge.IMMUTABLE)
    centre_id = reference(required=True)
    claimant_id = reference("volunteer", merge=Merge.SERVER)
    name = line(120, personal=True)
    address = line(300, personal=True)
    phone = line(40, personal=True)
    instructions = long_text(2000, personal=True)
