"""Verify: whether a phone holds what it should."""

from typing import Any

from flask import Response

from mobile_contract.wire import VerifyAnswerSchema, VerifySchema
from server.api.auth import looking, principal
from server.api.blueprint import Blueprint
from server.api.bodies import json_response
from server.api.services import services
from server.sync.verify import Sum, verify

blueprint = Blueprint(
    "verify", __name__, url_prefix="/v1/sync/verify", description="Whether phones hold what they should"
)


@blueprint.at("", "POST")
@blueprint.signed_in_when_looking
@blueprint.takes(VerifySchema)
@blueprint.gives(VerifyAnswerSchema)
def verify_view(body: dict[str, Any]) -> Response:
    """Compare counts and digests of a phone's scopes with the server's; no document is read or sent."""
    held = {scope: Sum(one["count"], one["digest"]) for scope, one in body["scopes"].items()}
    with looking() as view:
        found = verify(body["cursor"], held, principal(), view=view, seal=services().seal, sums=services().sums)
    return json_response({"at_head": found.at_head, "mismatched": list(found.mismatched)})
