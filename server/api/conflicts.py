"""Conflicts that wait for a person."""

from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate

from server.api.auth import principal
from server.api.blueprint import Blueprint
from server.api.bodies import json_response
from server.api.services import services
from server.sync.model import Stored

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


@blueprint.at("")
@blueprint.signed_in
@blueprint.takes(ConflictsQuerySchema, location="query")
@blueprint.gives(ConflictListSchema)
def conflicts(query: dict[str, Any]) -> Response:
    """List the conflicts that the account may settle. Phones have them as records too, and need not ask."""
    with services().store.read(principal().tenant) as view:
        found = [one for one in view.in_scopes("conflict", principal().scopes) if _wanted(one, query["status"])]
    return json_response({"conflicts": [_described(one) for one in found]})


def _wanted(conflict: Stored, status: str) -> bool:
    return status in ("all", conflict.doc["status"])


def _described(conflict: Stored) -> dict[str, Any]:
    return {"id": conflict.key.id, "version": conflict.version, "doc": dict(conflict.doc)}
