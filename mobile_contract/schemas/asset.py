"""A community asset: a group, session, service or venue."""

from mobile_contract.kind import boolean, day, kind, line, reference, words
from mobile_contract.schemas.candidate import Candidate

_STAFF = ("centre", "administrator")


@kind(
    "asset",
    scopes=("directory:{district}",),
    writers=(*_STAFF, "asset_owner"),
    own={"asset_owner": "asset:{id}"},
)
class Asset(Candidate):
    """A group, session, service or venue that people can be pointed to.

    Who provides it, whether one comes by referral alone, and that somebody has checked it, are for the centre to say.
    """

    referral_only = boolean(load_default=False, writers=_STAFF)
    organisation_id = reference("organisation", writers=_STAFF)
    location_id = reference("location")
    address = line(300)
    phone = line(40)
    email = line(200)
    url = line(500)
    opens_on = day()
    assured_on = day(writers=_STAFF)
    next_check_on = day(writers=_STAFF)
    source = line(60, writers=_STAFF)
    source_id = line(200, writers=_STAFF)
    repairs = words(30, writers=_STAFF)
