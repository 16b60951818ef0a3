"""When something happens: weekly, monthly, once or by a rule of RFC 5545; within terms, with cancelled dates."""

from marshmallow import RAISE, Schema, fields, validate

from mobile_contract.field_types import Day, Text, Together
from mobile_contract.kind import (
    Document,
    choice,
    code,
    day,
    days,
    integer,
    kind,
    line,
    nested_list,
    recurrence,
    reference,
    time_of_day,
)
from mobile_contract.merge import Merge
from mobile_contract.recurrence import MOST_DAYS, MOST_TERMS, wrong_terms
from mobile_contract.vocabulary import CANCEL_REASONS, WEEKDAYS

#: Who may have cancelled a session.
CANCELLED_BY = ("owner", "centre", "administrator")


class Term(Schema):
    """A stretch of days, both ends included."""

    class Meta:
        unknown = RAISE

    from_on = Day(required=True)
    until_on = Day(required=True)


class Cancellation(Schema):
    """One session that does not take place, why, and which side said so."""

    class Meta:
        unknown = RAISE

    on = Day(required=True)
    reason = fields.String(required=True, validate=validate.OneOf(CANCEL_REASONS.codes))
    note = fields.String(load_default=None, allow_none=True, validate=Text(max=200))
    by = fields.String(required=True, validate=validate.OneOf(CANCELLED_BY))


@kind(
    "schedule",
    scopes=("directory:{district}",),
    writers=("centre", "administrator", "asset_owner"),
    own={"asset_owner": "asset:{item_id}"},
    commands=("cancel_date", "restore_date", "end_series", "resume_series"),
)
class Schedule(Document):
    """One regular time of an asset or opportunity, by the clocks of the United Kingdom.

    week_of_month : 1 to 4, or 5 for the last, when monthly. on : the date, when once. rrule : which days, when by rule,
    from `starts_on` on; within `terms`, if there are any; `extra_on` besides, `skipped_on` left out. next_on : its next
    days, cancelled ones included, worked out by the server, so that a phone need not. until_time : before
    from_time, it is on the next day. cancelled_on : days on which it does not take place; cancellations : why, where
    that was said.
    """

    district = line(9)
    item_kind = choice("asset", "opportunity", required=True, merge=Merge.IMMUTABLE)
    item_id = reference(required=True, merge=Merge.IMMUTABLE)
    frequency = choice("weekly", "monthly", "once", "rule", required=True)
    weekday = code(WEEKDAYS)
    week_of_month = integer(1, 5)
    on = day()
    rrule = recurrence()
    from_time = time_of_day(required=True)
    until_time = time_of_day(required=True)
    starts_on = day()
    ends_on = day()
    terms = nested_list(Term, MOST_TERMS, together=Together(wrong_terms, 0, MOST_TERMS), load_default=list)
    extra_on = days(MOST_DAYS)
    skipped_on = days(MOST_DAYS)
    next_on = days(MOST_DAYS, merge=Merge.SERVER)
    cancelled_on = fields.List(Day(), load_default=list, metadata={"merge": Merge.SCALAR, "personal": False})
    cancellations = nested_list(Cancellation, MOST_DAYS, merge=Merge.SERVER, load_default=list)
