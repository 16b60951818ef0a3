"""That a volunteer has done a training: written once; it counts once a centre has verified it, until it is revoked."""

from mobile_contract.kind import Document, choice, code, day, kind, line, name, reference
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import REVOKE_REASONS

_FIXED, _SERVER = Merge.IMMUTABLE, Merge.SERVER


@kind(
    "completion",
    scopes=("volunteer:{volunteer_id}", "centre:{centre_id}"),
    writers=("volunteer", "centre", "administrator"),
    commands=("verify_completion", "revoke_completion"),
    personal=True,
    since=5,
)
class Completion(Document):
    """A training done on a day. Nothing of it is edited and it is never deleted: a mistake is revoked, with a reason.

    centre_id : the volunteer's centre; the server lets it follow them. evidence : what was shown, such as the number of
    a certificate. expires_on : the last day on which it is good, None for ever, worked out from the training as it was
    when this came in. status : ``unverified`` is a volunteer's own word and opens nothing. recorded_by, verified_by,
    revoked_by : accounts.
    """

    volunteer_id = reference("volunteer", required=True, merge=_FIXED)
    training_id = reference("training", required=True, merge=_FIXED)
    centre_id = reference(required=True, merge=_FIXED)
    done_on = day(required=True, merge=_FIXED)
    evidence = name(200, merge=_FIXED, personal=True)
    expires_on = day(merge=_SERVER)
    status = choice("unverified", "verified", "revoked", merge=_SERVER, load_default="unverified")
    recorded_by = line(64, merge=_SERVER)
    verified_by = line(64, merge=_SERVER)
    verified_on = day(merge=_SERVER)
    revoked_by = line(64, merge=_SERVER)
    revoked_on = day(merge=_SERVER)
    reason = code(REVOKE_REASONS, merge=_SERVER)
