"""Dispatch over HTTP: what waits for the signed-in volunteer, and how it goes, for coordinators."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any, Final, cast

from flask import Response
from marshmallow import RAISE, Schema, fields, validate

from server.api.auth import principal
from server.api.blueprint import Blueprint
from server.api.bodies import json_response
from server.api.problems import ProblemError
from server.api.services import services
from server.api.staff import only, scopes_of
from server.api.volunteering import serving_pack
from server.domain.asks import OPEN
from server.domain.days import local_day
from server.domain.here import here as told_here
from server.domain.qualified import may_be_asked
from server.sync.hlc import instant_text
from server.sync.model import Key

#: Tasks near a volunteer are counted up to here.
_MANY: Final = 50

blueprint = Blueprint("dispatch", __name__, url_prefix="/v1/dispatch", description="Tasks and who is asked about them")


class HereSchema(Schema):
    """What waits for a volunteer. near : open tasks that they may do, counted up to 50. text : for a person to read."""

    state = fields.String(required=True, validate=validate.OneOf(("asked", "near", "nothing-near", "paused")))
    open_asks = fields.Integer(required=True)
    near = fields.Integer(required=True)
    text = fields.String(required=True)


class DaysSchema(Schema):
    """Of how many days back."""

    class Meta:
        unknown = RAISE

    days = fields.Integer(load_default=30, validate=validate.Range(1, 3650))


class PickUpSchema(Schema):
    """Figures of some tasks, as `PickUp` of server/domain describes them; null where there is nothing to count."""

    tasks = fields.Integer(required=True)
    taken = fields.Integer(required=True)
    done = fields.Integer(required=True)
    fill_rate = fields.Float(required=True, allow_none=True)
    pickup_median_s = fields.Float(required=True, allow_none=True)
    pickup_p95_s = fields.Float(required=True, allow_none=True)
    claims = fields.Integer(required=True)
    abandonment = fields.Float(required=True, allow_none=True)
    asks = fields.Integer(required=True)
    asks_per_taken = fields.Float(required=True, allow_none=True)
    volunteers = fields.Integer(required=True)
    gini = fields.Float(required=True, allow_none=True)


class FiguresSchema(Schema):
    """Figures of the asker's own centres."""

    overall = fields.Nested(PickUpSchema, required=True)
    by_district = fields.Dict(keys=fields.String(), values=fields.Nested(PickUpSchema), required=True)
    by_type = fields.Dict(keys=fields.String(), values=fields.Nested(PickUpSchema), required=True)


@blueprint.at("/here", "GET")
@blueprint.signed_in
@blueprint.gives(HereSchema)
def here() -> Response:
    """Say what waits for the signed-in volunteer; honestly, when that is nothing yet."""
    # Imported with the first question, as for the people's shortlists.
    from server.recommend.volunteers import UnknownVolunteerError, for_volunteer

    who, now, pack = principal(), services().now(), serving_pack(services().models)
    own, today = {f"volunteer:{who.volunteer_id}"}, local_day(now)
    with services().store.read(who.tenant) as view:
        records = cast(Any, view)
        try:
            found = for_volunteer(records, who, pack=pack, today=today, limit=_MANY)
        except UnknownVolunteerError as error:
            raise ProblemError("not-allowed") from error
        key = Key("volunteer", str(who.volunteer_id))
        volunteer = view.records([key])[key].doc
        waiting = sum(ask.doc["status"] in OPEN for ask in view.in_scopes("ask", own))
    near = sum(line.kind == "task" for line in found.items)
    told = told_here(waiting, near, gives_time=may_be_asked(volunteer, today.isoformat()))
    return json_response({"state": told.state, "open_asks": waiting, "near": near, "text": told.text})


@blueprint.at("/figures", "GET")
@blueprint.signed_in
@blueprint.takes(DaysSchema, location="query")
@blueprint.gives(FiguresSchema)
def figures(query: dict[str, Any]) -> Response:
    """Say how soon tasks of one's own centres were taken, how many, what was given back and how asks were shared."""
    from server.dispatch.reporting import report_of

    centres = scopes_of(who := only())
    since = instant_text(services().now() - timedelta(days=query["days"]))
    with services().store.read(who.tenant) as view:
        return json_response(asdict(report_of(view, centres, since)))
