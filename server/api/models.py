"""The ranker that phones should hold, and its pack."""

from pathlib import Path
from typing import Any

import flask
from flask import Response, send_file
from marshmallow import Schema, fields

from ml.models.registry import Registry, RegistryError, Version
from server.api.blueprint import Blueprint
from server.api.bodies import json_response
from server.api.problems import ProblemError
from server.api.services import services

blueprint = Blueprint("models", __name__, url_prefix="/v1/models", description="Rankers for phones")

_YEAR_S = 365 * 24 * 3600


class CurrentModelSchema(Schema):
    """The champion. trained_on : the day up to which it has seen what happened."""

    version = fields.String(required=True)
    pack_sha256 = fields.String(required=True)
    pack_url = fields.String(required=True)
    pack_bytes = fields.Integer(required=True)
    trained_on = fields.String(allow_none=True)


@blueprint.at("/current")
@blueprint.signed_in
@blueprint.gives(CurrentModelSchema)
def current() -> Response:
    """Say which ranker serves; the problem `no-model` when none was promoted yet."""
    champion = _champion(services().models)
    if champion is None:
        raise ProblemError("no-model")
    body = named(champion) | {
        "pack_url": f"/v1/models/{champion.name}/pack",
        "pack_bytes": champion.pack_path.stat().st_size,
        "trained_on": champion.manifest.get("trained_on") or champion.manifest.get("as_of"),
    }
    return json_response(body)


@blueprint.at("/<version>/pack")
@blueprint.signed_in
@blueprint.gives(None, content_type="application/gzip", description="The pack: canonical JSON, gzipped")
def pack(version: str) -> Response:
    """Give the pack of a version, as gzipped bytes whose SHA-256 is the ETag."""
    try:
        found = Registry(services().models).version(version)
    except RegistryError as error:
        raise ProblemError("not-found") from error
    response = send_file(found.pack_path, mimetype="application/gzip", etag=found.pack_sha256, conditional=False)
    response.headers["Cache-Control"] = f"private, max-age={_YEAR_S}, immutable"
    response.make_conditional(flask.request)
    return response


def current_model(folder: Path) -> dict[str, Any] | None:
    """Name the champion for the manifest, None when none was promoted yet."""
    champion = _champion(folder)
    return None if champion is None else named(champion)


def named(version: Version) -> dict[str, Any]:
    """Name a version and its pack."""
    return {"version": version.name, "pack_sha256": version.pack_sha256}


def _champion(folder: Path) -> Version | None:
    try:
        return Registry(folder).champion()
    except RegistryError:
        return None  # a pointer without its version: phones go on with the rules
