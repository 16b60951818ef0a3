"""A time bank as everybody may see it: its name, its rules, with which other banks it exchanges."""

from mobile_contract.kind import Document, boolean, choice, instant, integer, kind, line, name, nested_list, reference
from mobile_contract.merge import Merge

#: 1,000 hours, the furthest that a bank's rule may let a member go either way.
FURTHEST_MIN = 60_000


class Agreement(Document):
    """This bank's consent to exchange with another; both have to give it. withdrawn_at : nothing new since then."""

    bank_id = reference(required=True)
    agreed_at = instant(required=True)
    withdrawn_at = instant()


@kind(
    "bank",
    scopes=("directory:{district}", "timebank:{id}"),
    commands=("open_account", "set_rules", "agree_exchange", "withdraw_agreement", "close_bank"),
    since=5,
)
class Bank(Document):
    """A time bank: an hour of anybody's help is one credit, 60 minutes.

    floor_min, ceiling_min : how many minutes a member may owe (below 0) and hold. pot_id : the account of the community
    pot; pot_floor_min : how far that may go below 0. centre_id : the volunteer centre whose finished tasks credit their
    minutes from the pot, if `credits_tasks`. self_join : whether volunteers open their own accounts.
    """

    name = name(200, required=True, merge=Merge.SERVER)
    district = line(9, required=True, merge=Merge.SERVER)
    organisation_id = reference("organisation", merge=Merge.SERVER)
    floor_min = integer(-FURTHEST_MIN, 0, merge=Merge.SERVER, load_default=-600)
    ceiling_min = integer(0, FURTHEST_MIN, merge=Merge.SERVER, load_default=3000)
    pot_floor_min = integer(-100_000_000, 0, merge=Merge.SERVER, load_default=-600_000)
    pot_id = reference(merge=Merge.SERVER)
    centre_id = reference(merge=Merge.SERVER)
    credits_tasks = boolean(merge=Merge.SERVER, load_default=False)
    self_join = boolean(merge=Merge.SERVER, load_default=False)
    agreements = nested_list(Agreement, 100, merge=Merge.SERVER, load_default=list)
    status = choice("open", "closed", merge=Merge.SERVER, load_default="open")
    made_up = boolean(merge=Merge.SERVER, load_default=False)
