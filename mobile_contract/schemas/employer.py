"""An employer whose staff volunteer in working time: how much of it a year, and how much of that is gone."""

from mobile_contract.kind import Document, boolean, choice, day, integer, kind, name, reference
from mobile_contract.merge import Merge

_SERVER = Merge.SERVER


@kind(
    "employer",
    scopes=("employer:{id}", "centre:{centre_id}"),
    writers=("employer", "centre", "administrator"),
    since=5,
)
class Employer(Document):
    """An employer and its allowance.

    allowance_min : minutes of all staff together in a year. year_month : in which its year begins, from 1.
    used_min : of this year's, promised or gone. year_on : the first day of that year.
    """

    centre_id = reference(required=True, writers=("centre", "administrator"))
    name = name(160, required=True)
    allowance_min = integer(0, 100_000_000, load_default=0)
    year_month = integer(1, 12, load_default=1, merge=Merge.IMMUTABLE)
    status = choice("active", "closed", load_default="active")
    used_min = integer(merge=_SERVER, load_default=0)
    year_on = day(merge=_SERVER)
    made_up = boolean(load_default=False)
