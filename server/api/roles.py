"""Roles over HTTP: how many who enquired became volunteers and stayed, for centres; without small counts for others."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any, Final

from flask import Response
from marshmallow import RAISE, Schema, fields, validate

from server.api.blueprint import Blueprint
from server.api.bodies import json_response
from server.api.services import services
from server.api.staff import only, scopes_of, today
from server.domain.funnel import report, shown
from server.volunteering.reporting import enquiry_ways

_COMMISSIONER: Final = frozenset({"commissioner", "administrator"})

blueprint = Blueprint("roles", __name__, url_prefix="/v1/volunteering", description="Roles and who fills them")


class DaysSchema(Schema):
    """Enquiries of how many days back."""

    class Meta:
        unknown = RAISE

    days = fields.Integer(load_default=365, validate=validate.Range(1, 3650))


class ReachSchema(Schema):
    """How many reached a step, as `Reach` of server/domain describes it; null where there is nothing to count."""

    step = fields.String(required=True)
    reached = fields.Integer(required=True)
    of = fields.Integer(required=True)
    open = fields.Integer(required=True)
    share = fields.Float(required=True, allow_none=True)
    days = fields.Float(required=True, allow_none=True)
    days_in_all = fields.Float(required=True, allow_none=True)


def _counts() -> fields.Dict:
    return fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class FunnelSchema(Schema):
    """Some enquiries: how far they came, and how and why those ended that did."""

    enquiries = fields.Integer(required=True)
    steps = fields.List(fields.Nested(ReachSchema), required=True)
    ended = _counts()
    reasons = _counts()


class FunnelsSchema(Schema):
    """Enquiries of the asker's own centres. benchmark : the share placed at volunteer centres."""

    overall = fields.Nested(FunnelSchema, required=True)
    by_origin = fields.Dict(keys=fields.String(), values=fields.Nested(FunnelSchema), required=True)
    by_centre = fields.Dict(keys=fields.String(), values=fields.Nested(FunnelSchema), required=True)
    benchmark = fields.Float(required=True)


class ShownSchema(Schema):
    """Enquiries by centre and furthest step. rows : centre, ``*`` for all, to counts; null where one is held back."""

    steps = fields.List(fields.String(), required=True)
    rows = fields.Dict(keys=fields.String(), values=fields.List(fields.Integer(allow_none=True)), required=True)


@blueprint.at("/funnel", "GET")
@blueprint.signed_in
@blueprint.takes(DaysSchema, location="query")
@blueprint.gives(FunnelsSchema)
def funnel(query: dict[str, Any]) -> Response:
    """Say how far those came who enquired at one's own centres, how long it took, and who stayed."""
    who = only()
    centres, day = scopes_of(who), today()
    since = (day - timedelta(days=query["days"])).isoformat()
    with services().store.read(who.tenant) as view:
        ways = enquiry_ways(view, centres, since, day.isoformat())
    return json_response(asdict(report(ways, day.isoformat())))


@blueprint.at("/figures", "GET")
@blueprint.signed_in
@blueprint.takes(DaysSchema, location="query")
@blueprint.gives(ShownSchema)
def figures(query: dict[str, Any]) -> Response:
    """Count the enquiries of the whole programme, for whoever is given no records; small counts are held back."""
    who, day = only(_COMMISSIONER), today()
    since = (day - timedelta(days=query["days"])).isoformat()
    with services().store.read(who.tenant) as view:
        ways = enquiry_ways(view, None, since, day.isoformat())
    return json_response(asdict(shown(ways)))
