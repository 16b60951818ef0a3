"""Recommendations by the server, for those who work without a phone's own ranker."""

from flask import Response
from marshmallow import RAISE, Schema, fields, validate

from mobile_contract.kind import ID_PATTERN
from server.api.auth import principal
from server.api.blueprint import Blueprint
from server.api.problems import ProblemError

blueprint = Blueprint("recommendations", __name__, url_prefix="/v1", description="Shortlists ranked by the server")


class RecommendationQuerySchema(Schema):
    """For which referral, and how many items at most."""

    class Meta:
        unknown = RAISE

    referral_id = fields.String(required=True, validate=validate.Regexp(f"^{ID_PATTERN}$"))
    limit = fields.Integer(strict=True, load_default=10, validate=validate.Range(1, 50))


@blueprint.at("/recommendations", "POST")
@blueprint.signed_in
@blueprint.takes(RecommendationQuerySchema)
@blueprint.gives(None)
def recommend(body: dict[str, object]) -> Response:
    """Rank what suits a referral, with reasons, and say what was excluded by which rule."""
    principal()
    raise ProblemError("not-found")
