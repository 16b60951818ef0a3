"""A course: sessions for one group of people, with a beginning, so many places, and a day on which enrolment closes."""

from mobile_contract.kind import Document, choice, day, days, integer, kind, line, long_text, name, reference
from mobile_contract.merge import Merge


@kind(
    "course",
    scopes=("directory:{district}",),
    writers=("centre", "administrator", "asset_owner"),
    own={"asset_owner": "asset:{asset_id}"},
    since=5,
)
class Course(Document):
    """One run of a course of an asset. Its places are counted in the `place_count` that has its id.

    sessions_on : its days; schedule_id : the times, where a schedule has them. enrol_until_on : the last day on which
    people can enrol, or the first of the course. offer_hours : how long a place that comes free is kept for whoever
    waits longest, before the next one is offered it.
    """

    district = line(9)
    asset_id = reference("asset", required=True, merge=Merge.IMMUTABLE)
    schedule_id = reference("schedule")
    name = name(200, required=True)
    description = long_text(4000)
    places = integer(1, 1000, required=True)
    starts_on = day(required=True)
    ends_on = day()
    enrol_until_on = day()
    sessions_on = days(120)
    offer_hours = integer(1, 24 * 14, load_default=48)
    status = choice("open", "closed", "cancelled", load_default="open")
