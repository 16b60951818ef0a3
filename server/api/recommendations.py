"""Recommendations by the server, for those who work without a phone's own ranker."""

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from flask import Response
from marshmallow import RAISE, Schema, fields, validate

from mobile_contract.field_types import WholeNumber
from mobile_contract.kind import ID_PATTERN
from server.api.auth import principal
from server.api.blueprint import Blueprint
from server.api.bodies import json_response
from server.api.problems import ProblemError
from server.api.ranked import LineSchema, RankedSchema
from server.api.services import services
from server.domain.days import local_day
from server.sync.canonical import digest
from server.sync.door import Door, Put
from server.sync.model import Key

#: Sessions and ages are local matters.

blueprint = Blueprint("recommendations", __name__, url_prefix="/v1", description="Shortlists ranked by the server")


class RecommendationQuerySchema(Schema):
    """For which referral, and how many items at most."""

    class Meta:
        unknown = RAISE

    referral_id = fields.String(required=True, validate=validate.Regexp(f"^{ID_PATTERN}$"))
    limit = WholeNumber(load_default=10, validate=validate.Range(1, 50))


class RecommendedSchema(LineSchema):
    """One line of the shortlist, as `ShownItem` of server/recommend describes it."""

    chance = fields.Float(required=True, allow_none=True)
    chance_text = fields.String(required=True, allow_none=True)
    next_session = fields.Dict(required=True, allow_none=True)
    places_open = fields.Integer(required=True, allow_none=True)
    inputs = fields.Dict(keys=fields.String(), required=True)


class UnshownSchema(Schema):
    """What might have been shown, and was not: others stood before it."""

    kind = fields.String(required=True)
    id = fields.String(required=True)


class ShortlistSchema(RankedSchema):
    """A shortlist. exposure_id : the record of its having been shown, None for roles that only look."""

    items = fields.List(fields.Nested(RecommendedSchema), required=True)
    unshown = fields.List(fields.Nested(UnshownSchema), required=True)
    query = fields.Dict(keys=fields.String(), required=True)
    exposure_id = fields.String(required=True, allow_none=True)


@blueprint.at("/recommendations", "POST")
@blueprint.signed_in
@blueprint.takes(RecommendationQuerySchema)
@blueprint.gives(ShortlistSchema)
def recommendations(body: dict[str, Any]) -> Response:
    """Rank what suits a referral, with reasons, and say what was excluded by which rule.

    The slate is kept as shown, once: a second look at the same one on the same day is no second slate.
    """
    # Imported with the first question: most servers are never asked, and LightGBM's walker needs numpy.
    from server.api.packs import champion_pack
    from server.recommend import UnknownReferralError, exposure, recommend

    now, pack = services().now(), champion_pack(services().models)
    today, referral = local_day(now), Key("referral", body["referral_id"])
    with services().store.read(principal().tenant) as view:
        records = cast(Any, view)  # both describe the same view, one of them more narrowly
        try:
            slate = recommend(
                records,
                principal(),
                referral.id,
                pack=pack,
                today=today,
                limit=body["limit"],
                memory=services().directories,
            )
        except UnknownReferralError as error:
            raise ProblemError("not-yours", detail="It is not among the referrals that you look after.") from error
        team_id = view.records([referral])[referral].doc["team_id"]
    services().reads.note_record(principal(), "ranked", *referral, now)
    shown = exposure(slate, referral_id=referral.id, team_id=team_id, shown_at=_text(now), ranked_on="server")
    answer = {part.name: getattr(slate, part.name) for part in dataclasses.fields(slate)}  # orjson knows what is inside
    return json_response(answer | {"exposure_id": _keep(shown)})


def _keep(shown: Mapping[str, Any]) -> str | None:
    """Keep the slate for the next training, when the asker is one of those whose slates count."""
    at = services()
    if not principal().roles & set(at.rules["exposure"].writers):
        return None
    key = Key("exposure", f"x-{_look(shown)}")
    with at.store.read(principal().tenant) as view:
        if view.records([key]):
            return key.id
    door = Door(at.store, principal().tenant, at.rules, at.validate, at.now)
    door.write([Put(key.kind, key.id, shown)], by=principal().device_id)
    return key.id


def _look(shown: Mapping[str, Any]) -> str:
    """Name what a device was shown on a day: the same for the same lines in the same order by the same ranker."""
    lines = [f"{item['kind']}/{item['id']}" for item in shown["items"]]
    ranked = (str(shown[name]) for name in ("referral_id", "model_version", "pack_sha256", "policy"))
    return digest(principal().device_id, shown["shown_at"][:10], *ranked, *lines)[:32]


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
