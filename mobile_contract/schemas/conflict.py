"""Two edits that could not both stand: kept, shown, and settled by a person."""

from mobile_contract.kind import (
    Document,
    choice,
    instant,
    kind,
    line,
    reference,
    values,
    words,
)
from mobile_contract.merge import Merge


@kind("conflict", scopes=("*scopes",), commands=("resolve_conflict",), personal=True)
class Conflict(Document):
    """What one device wrote and what another had written before it.

    mine, theirs, kept : ``{"value": …}``. mine came with the mutation, theirs was there, kept is what stands.
    scopes : those of the record, so that whoever holds the record sees the conflict.
    """

    record_kind = line(40, merge=Merge.SERVER, required=True)
    record_id = reference(merge=Merge.SERVER, required=True)
    field = line(60, merge=Merge.SERVER, required=True)
    rule = line(20, merge=Merge.SERVER, required=True)
    mine = values(merge=Merge.SERVER, personal=True, required=True)
    theirs = values(merge=Merge.SERVER, personal=True, required=True)
    kept = values(merge=Merge.SERVER, personal=True, required=True)
    status = choice("open", "resolved", merge=Merge.SERVER, required=True)
    raised_at = instant(merge=Merge.SERVER, required=True)
    resolved_at = instant(merge=Merge.SERVER)
    by_device = reference(merge=Merge.SERVER)
    scopes = words(20, merge=Merge.SERVER, required=True)
