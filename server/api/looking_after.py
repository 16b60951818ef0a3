"""For those who look after volunteers: what is due, whom to write to again; for employers, what their staff gave."""

from dataclasses import asdict
from typing import Any

from flask import Response
from marshmallow import RAISE, Schema, fields, validate

from server.api.auth import principal
from server.api.blueprint import Blueprint
from server.api.bodies import json_response
from server.api.problems import ProblemError
from server.api.services import services
from server.api.staff import STAFF, note_volunteers, only, scopes_of, today
from server.domain.reengage import REASONS
from server.domain.upcoming import upcoming
from server.sync.model import Key
from server.volunteering.reporting import centre_of, employer_given, whom_to_write

blueprint = Blueprint("looking_after", __name__, url_prefix="/v1/volunteering", description="Looking after volunteers")


class WithinSchema(Schema):
    """Within how many days."""

    class Meta:
        unknown = RAISE

    days = fields.Integer(load_default=30, validate=validate.Range(0, 365))


class QuietSchema(Schema):
    """Of whom nothing was heard for how many days."""

    class Meta:
        unknown = RAISE

    days = fields.Integer(load_default=90, validate=validate.Range(1, 3650))


class UpcomingSchema(Schema):
    """One thing to look at, as `Upcoming` of server/domain describes it."""

    volunteer_id = fields.String(required=True)
    what = fields.String(required=True)
    on = fields.String(required=True)
    days = fields.Integer(required=True)


class UpcomingsSchema(Schema):
    """Soonest first."""

    due = fields.List(fields.Nested(UpcomingSchema), required=True)


class AgainSchema(Schema):
    """A volunteer to write to, as `Again` of server/domain describes them. text : the reason, for a person to read."""

    volunteer_id = fields.String(required=True)
    reason = fields.String(required=True, validate=validate.OneOf(tuple(REASONS)))
    text = fields.String(required=True)
    since = fields.String(required=True)
    done = fields.Integer(required=True)
    commitment = fields.String(required=True)


class AgainsSchema(Schema):
    """Those of whom nothing was heard longest first."""

    volunteers = fields.List(fields.Nested(AgainSchema), required=True)


class GivenSchema(Schema):
    """Time of one kind of role, as `Given` of server/domain describes it; null where it is held back."""

    category = fields.String(required=True)
    employees = fields.Integer(required=True, allow_none=True)
    employee_minutes = fields.Integer(required=True, allow_none=True)
    team_places = fields.Integer(required=True, allow_none=True)
    team_minutes = fields.Integer(required=True, allow_none=True)


class GivensSchema(Schema):
    """By kind of role; ``*`` for all."""

    given = fields.List(fields.Nested(GivenSchema), required=True)


@blueprint.at("/due", "GET")
@blueprint.signed_in
@blueprint.takes(WithinSchema, location="query")
@blueprint.gives(UpcomingsSchema)
def due(query: dict[str, Any]) -> Response:
    """List whom to ask if they are still there, what runs out and which references have not come."""
    who = only()
    with services().store.read(who.tenant) as view:
        kept = centre_of(view, scopes_of(who))
    found = upcoming(kept, today().isoformat(), query["days"])
    note_volunteers(who, "due", (one.volunteer_id for one in found))
    return json_response({"due": [asdict(one) for one in found]})


@blueprint.at("/reengage", "GET")
@blueprint.signed_in
@blueprint.takes(QuietSchema, location="query")
@blueprint.gives(AgainsSchema)
def reengage(query: dict[str, Any]) -> Response:
    """List volunteers of one's own centres to write to again, each with a reason."""
    who = only()
    with services().store.read(who.tenant) as view:
        found = whom_to_write(view, scopes_of(who), today().isoformat(), query["days"])
    note_volunteers(who, "reengage", (one.volunteer_id for one in found))
    return json_response({"volunteers": [{**asdict(one), "text": REASONS[one.reason]} for one in found]})


@blueprint.at("/employers/<string:employer_id>/given", "GET")
@blueprint.signed_in
@blueprint.gives(GivensSchema)
def employer(employer_id: str) -> Response:
    """Say what an employer's staff gave, to whoever may hold its record; groups of fewer than five are held back."""
    who = principal()
    with services().store.read(who.tenant) as view:
        if not who.roles & {"employer", *STAFF} or not view.held([Key("employer", employer_id)], who.scopes):
            raise ProblemError("not-found")
        found = employer_given(view, employer_id, today().isoformat())
    return json_response({"given": [asdict(one) for one in found]})
