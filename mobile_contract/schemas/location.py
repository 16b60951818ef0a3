"""A location: a building or ground where assets meet."""

from mobile_contract.kind import boolean, codes, kind, line, reference
from mobile_contract.schemas.place import Placed
from mobile_contract.vocabulary import ACCESS


@kind(
    "location",
    scopes=("directory:{district}",),
    writers=("centre", "administrator", "asset_owner"),
    own={"asset_owner": "asset:{asset_id}"},
)
class Location(Placed):
    """Where something happens, and who can get in. asset_id : the asset whose own place it is, where it is one's."""

    name = line(200, required=True)
    organisation_id = reference("organisation")
    asset_id = reference("asset")
    address = line(300)
    access = codes(ACCESS)
    source = line(60)
    source_id = line(200)
    made_up = boolean(load_default=False)
