"""A community asset: a group, session, service or venue."""

from mobile_contract.kind import day, kind, line, reference, words
from mobile_contract.schemas.candidate import Candidate


@kind("asset", scopes=("directory:{district}",), writers=("centre", "administrator"))
class Asset(Candidate):
    """A group, session, service or venue that people can be pointed to."""

    organisation_id = reference("organisation")
    location_id = reference("location")
    address = line(300)
    phone = line(40)
    email = line(200)
    url = line(500)
    opens_on = day()
    assured_on = day()
    next_check_on = day()
    source = line(60)
    source_id = line(200)
    repairs = words(30)
