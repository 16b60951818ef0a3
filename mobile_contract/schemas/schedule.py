"""When something happens: weekly, monthly or once, within terms, with cancelled dates."""

from marshmallow import fields

from mobile_contract.field_types import Day
from mobile_contract.kind import (
    Document,
    choice,
    code,
    day,
    integer,
    kind,
    line,
    reference,
    time_of_day,
)
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import WEEKDAYS


@kind("schedule", scopes=("directory:{district}",), writers=("centre", "administrator"))
class Schedule(Document):
    """One regular time of an asset or opportunity, in local time.

    week_of_month : 1 to 4, or 5 for the last, when monthly. on : the date, when once.
    """

    district = line(9)
    item_kind = choice("asset", "opportunity", required=True, merge=Merge.IMMUTABLE)
    item_id = reference(required=True, merge=Merge.IMMUTABLE)
    frequency = choice("weekly", "monthly", "once", required=True)
    weekday = code(WEEKDAYS)
    week_of_month = integer(1, 5)
    on = day()
    from_time = time_of_day(required=True)
    until_time = time_of_day(required=True)
    starts_on = day()
    ends_on = day()
    cancelled_on = fields.List(Day(), load_default=list, metadata={"merge": Merge.SCALAR, "personal": False})
