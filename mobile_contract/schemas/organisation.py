"""An organisation: a provider, a practice, a council, a volunteer centre."""

from mobile_contract.kind import boolean, choice, kind, line, long_text
from mobile_contract.schemas.place import Placed


@kind("organisation", scopes=("directory:{district}",), writers=("centre", "administrator"))
class Organisation(Placed):
    """Who runs assets or refers people. ods_code : of a GP practice."""

    name = line(200, required=True)
    description = long_text(4000)
    type = choice("provider", "practice", "council", "centre", load_default="provider")
    ods_code = line(10)
    phone = line(40)
    email = line(200)
    url = line(500)
    source = line(60)
    source_id = line(200)
    made_up = boolean(load_default=False)
