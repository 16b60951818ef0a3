"""A training of the catalogue: what it covers, how long it is good for, whether it has to be shown."""

from mobile_contract.kind import Document, boolean, choice, integer, kind, line, long_text, name, reference
from mobile_contract.schemas.place import COUNTY


@kind("training", scopes=("directory:{district}",), writers=("centre", "administrator"), since=5)
class Training(Document):
    """What tasks and roles ask for by its id.

    district : GSS code of the local authority district that it is given in, or ``county`` for all. covers : what who
    has done it can do. valid_months : how long it is good for, None for ever. lead_days : how long before it runs out
    people are told. needs_evidence : whether the centre, too, has to say what it has seen.
    """

    district = line(9, load_default=COUNTY)
    name = name(200, required=True)
    provider = line(200)
    organisation_id = reference("organisation")
    covers = long_text(2000)
    valid_months = integer(1, 120)
    lead_days = integer(0, 365, load_default=42)
    needs_evidence = boolean(load_default=True)
    status = choice("active", "retired", load_default="active")
    made_up = boolean(load_default=False)
