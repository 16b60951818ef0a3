"""A file that belongs to another record: a signature under a consent, a photo."""

from mobile_contract.files import MAX_FILE_BYTES, MEDIA_TYPES, PURPOSES
from mobile_contract.kind import Document, choice, instant, integer, kind, line, reference
from mobile_contract.merge import Merge

_FIXED = Merge.IMMUTABLE


@kind(
    "attachment",
    scopes=("caseload:{team_id}",),
    writers=("prescriber", "outreach", "administrator"),
    personal=True,
    since=2,
)
class Attachment(Document):
    """What is known of a file; its bytes travel apart from it, by tus, once this record has been pushed.

    owner_kind, owner_id : the record that it belongs to, of the same team and person; the file is given only to who
        holds both.
    status : stored when the server has the whole file, whose SHA-256 is then `sha256`.
    """

    person_id = reference("person", required=True, merge=_FIXED)
    team_id = reference(required=True)
    owner_kind = choice("person", "consent", "referral", "placement", "note", required=True, merge=_FIXED)
    owner_id = reference(kind_in="owner_kind", required=True, merge=_FIXED)
    purpose = choice(*PURPOSES, required=True, merge=_FIXED)
    media_type = choice(*MEDIA_TYPES, required=True, merge=_FIXED)
    bytes = integer(1, MAX_FILE_BYTES, required=True, merge=_FIXED)
    taken_at = instant(past=True, merge=_FIXED)
    status = choice("awaited", "stored", merge=Merge.SERVER, load_default="awaited")
    sha256 = line(64, merge=Merge.SERVER)
