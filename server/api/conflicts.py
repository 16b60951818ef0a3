"""Conflicts that wait for a person."""

import uuid
from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate

from mobile_contract.wire import MessageSchema
from server.api.auth import principal
from server.api.blueprint import Blueprint
from server.api.bodies import json_response
from server.api.review import door, note_reading, refuse_unless_done
from server.api.services import services
from server.sync.model import Command, Key, Mutation, Stored

blueprint = Blueprint("conflicts", __name__, url_prefix="/v1/conflicts", description="Edits that could not both stand")


class ConflictsQuerySchema(Schema):
    """Which conflicts: open, resolved or all."""

    status = fields.String(load_default="open", validate=validate.OneOf(("open", "resolved", "all")))


class ConflictItemSchema(Schema):
    """A conflict record: its id, version and document; settle it by the command `resolve_conflict`."""

    id = fields.String(required=True)
    version = fields.Integer(required=True)
    doc = fields.Dict(keys=fields.String(), required=True)


class ConflictListSchema(Schema):
    """The conflicts in the scopes of the account that asks."""

    conflicts = fields.List(fields.Nested(ConflictItemSchema), required=True)


class SettleSchema(MessageSchema):
    """What shall stand: what came (mine), what was there (theirs), or a third value with the rest of its group."""

    keep = fields.String(required=True, validate=validate.OneOf(("mine", "theirs", "other")))
    value = fields.Raw(allow_none=True)
    rest = fields.Dict(keys=fields.String(), data_key="with")


@blueprint.at("/<string:conflict_id>", "POST")
@blueprint.signed_in
@blueprint.takes(SettleSchema)
@blueprint.gives(ConflictItemSchema)
def settle(body: dict[str, Any], conflict_id: str) -> Response:
    """Settle a conflict, as the command `resolve_conflict` does; of a deletion, mine or theirs restores the record."""
    asked, key = principal(), Key("conflict", conflict_id)
    args = {"with" if name == "rest" else name: value for name, value in body.items()}
    mutation = Mutation(str(uuid.uuid4()), 0, *key, "command", command=Command("resolve_conflict", args))
    verdict = door().act(mutation, asked)
    refuse_unless_done(verdict)
    with services().store.read(asked.tenant) as view:
        return json_response(_described(view.records([key])[key]))


@blueprint.at("")
@blueprint.signed_in
@blueprint.takes(ConflictsQuerySchema, location="query")
@blueprint.gives(ConflictListSchema)
@blueprint.leads_to("/v1/conflicts/{conflict_id}", parameters={"conflict_id": "$response.body#/conflicts/0/id"})
def conflicts(query: dict[str, Any]) -> Response:
    """List the conflicts that the account may settle. Phones have them as records too, and need not ask."""
    with services().store.read(principal().tenant) as view:
        found = [one for one in view.in_scopes("conflict", principal().scopes) if _wanted(one, query["status"])]
    note_reading("conflicts", principal().scopes, len(found))
    return json_response({"conflicts": [_described(one) for one in found]})


def _wanted(conflict: Stored, status: str) -> bool:
    return status in ("all", conflict.doc["status"])


def _described(conflict: Stored) -> dict[str, Any]:
    return {"id": conflict.key.id, "version": conflict.version, "doc": dict(conflict.doc)}
