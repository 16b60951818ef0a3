"""Trainings over HTTP: what runs out soon, for a volunteer or a centre; who of a centre can do what."""

from dataclasses import asdict
from typing import Any

from flask import Response
from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates_schema

from mobile_contract.kind import ID_PATTERN
from mobile_contract.vocabulary import SKILLS
from server.api.auth import principal
from server.api.blueprint import Blueprint
from server.api.bodies import json_response
from server.api.services import services
from server.api.staff import STAFF, note_volunteers, only, scopes_of, today
from server.dispatch.abilities import Group, able_of, due_of

blueprint = Blueprint("trainings", __name__, url_prefix="/v1/trainings", description="Trainings and who holds them")


class WithinSchema(Schema):
    """Of how many days; as many as each training says when nobody does."""

    class Meta:
        unknown = RAISE

    days = fields.Integer(load_default=None, validate=validate.Range(0, 365))


class DueSchema(Schema):
    """A training that runs out, as `Due` of server/domain describes it. days : below 0 when it has run out."""

    volunteer_id = fields.String(required=True)
    training_id = fields.String(required=True)
    until_on = fields.String(required=True)
    days = fields.Integer(required=True)


class DuesSchema(Schema):
    """Soonest first."""

    due = fields.List(fields.Nested(DueSchema), required=True)


class WhatSchema(Schema):
    """A training, a skill, or both."""

    class Meta:
        unknown = RAISE

    training = fields.String(load_default=None, validate=validate.Regexp(f"^{ID_PATTERN}$"))
    skill = fields.String(load_default=None, validate=validate.OneOf(SKILLS.codes))

    @validates_schema
    def says_something(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a question about nothing."""
        if not data.get("training") and not data.get("skill"):
            raise ValidationError("Name a training or a skill.", "training")


class AbleSchema(Schema):
    """A volunteer who can, as `Able` of server/domain describes them."""

    volunteer_id = fields.String(required=True)
    until_on = fields.String(required=True, allow_none=True)
    away_until_on = fields.String(required=True, allow_none=True)


class AblesSchema(Schema):
    """In order of id."""

    volunteers = fields.List(fields.Nested(AbleSchema), required=True)


@blueprint.at("/due", "GET")
@blueprint.signed_in
@blueprint.takes(WithinSchema, location="query")
@blueprint.gives(DuesSchema)
def due(query: dict[str, Any]) -> Response:
    """Say which trainings run out soon or have lately: a volunteer's own, or those of one's own centres' volunteers."""
    who = principal()
    group = Group(scopes_of(who, "centre:" if who.roles & STAFF else "volunteer:"))
    with services().store.read(who.tenant) as view:
        found = due_of(view, group, today(), query["days"])
    note_volunteers(who, "trainings", {one.volunteer_id for one in found})
    return json_response({"due": [asdict(one) for one in found]})


@blueprint.at("/held", "GET")
@blueprint.signed_in
@blueprint.takes(WhatSchema, location="query")
@blueprint.gives(AblesSchema)
def held(query: dict[str, Any]) -> Response:
    """Say which volunteers of one's own centres hold a training, or have a skill, today and until when."""
    who = only()
    with services().store.read(who.tenant) as view:
        group = Group(scopes_of(who))
        found = able_of(view, group, today(), training_id=query["training"], skill=query["skill"])
    note_volunteers(who, "trainings", {one.volunteer_id for one in found})
    return json_response({"volunteers": [asdict(one) for one in found]})
