"""The ranker that phones should hold, and its pack."""

import logging
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import flask
from flask import Response, send_file
from marshmallow import Schema, fields

from ml.models.registry import PACK, DamagedError, Registry, RegistryError, Version
from server.api.blueprint import Blueprint
from server.api.bodies import json_response
from server.api.problems import ProblemError
from server.api.services import services

LOG = logging.getLogger("kith.models")

blueprint = Blueprint("models", __name__, url_prefix="/v1/models", description="Rankers for phones")

_YEAR_S = 365 * 24 * 3600
#: Where the volunteers' own registry lies, among the models.
VOLUNTEERS: Final = "volunteers"


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
@blueprint.leads_to("/v1/models/{version}/pack", "get", parameters={"version": "$response.body#/version"})
def current() -> Response:
    """Say which ranker serves; the problem `no-model` when none was promoted yet."""
    return _told(services().models, "/v1/models")


@blueprint.at("/<version>/pack")
@blueprint.signed_in
@blueprint.gives(None, content_type="application/gzip", description="The pack: canonical JSON, gzipped")
def pack(version: str) -> Response:
    """Give the pack of a version, as gzipped bytes whose SHA-256 is the ETag."""
    return _sent(services().models, version)


@blueprint.at("/volunteers/current")
@blueprint.signed_in
@blueprint.gives(CurrentModelSchema)
@blueprint.leads_to("/v1/models/volunteers/{version}/pack", "get", parameters={"version": "$response.body#/version"})
def volunteers_current() -> Response:
    """Say which ranker serves on the volunteers' side; the problem `no-model` when none was promoted yet."""
    return _told(services().models / VOLUNTEERS, "/v1/models/volunteers")


@blueprint.at("/volunteers/<version>/pack")
@blueprint.signed_in
@blueprint.gives(None, content_type="application/gzip", description="The pack: canonical JSON, gzipped")
def volunteers_pack(version: str) -> Response:
    """Give the volunteers' pack of a version, as gzipped bytes whose SHA-256 is the ETag."""
    return _sent(services().models / VOLUNTEERS, version)


def _told(folder: Path, prefix: str) -> Response:
    champion = serving(folder)
    if champion is None:
        raise ProblemError("no-model")
    body = named(champion) | {
        "pack_url": f"{prefix}/{champion.name}/pack",
        "pack_bytes": champion.pack_path.stat().st_size,
        "trained_on": champion.manifest.get("trained_on") or champion.manifest.get("as_of"),
    }
    return json_response(body)


def _sent(folder: Path, version: str) -> Response:
    try:
        found = Registry(folder).version(version)
        _check_pack(found)
    except DamagedError as error:
        _warn(str(error))
        raise ProblemError("no-model") from error
    except RegistryError as error:
        raise ProblemError("not-found") from error
    response = send_file(found.pack_path, mimetype="application/gzip", etag=found.pack_sha256, conditional=False)
    response.headers["Cache-Control"] = f"private, max-age={_YEAR_S}, immutable"
    response.make_conditional(flask.request)
    return response


def current_model(folder: Path) -> dict[str, Any] | None:
    """Name the champion for the manifest, None when none was promoted yet."""
    champion = serving(folder)
    return None if champion is None else named(champion)


def named(version: Version) -> dict[str, Any]:
    """Name a version and its pack."""
    return {"version": version.name, "pack_sha256": version.pack_sha256}


def serving(folder: Path) -> Version | None:
    """Give the champion, or None when there is none or a file of it is damaged: then the rules rank."""
    try:
        champion = Registry(folder).champion()
        if champion is not None:
            _check_pack(champion)
    except RegistryError as error:
        _warn(str(error))
        return None
    return champion


def _check_pack(version: Version) -> None:
    """Raise DamagedError unless the pack is the one that the manifest names; read again only when it has changed."""
    try:
        found = version.pack_path.stat()
    except OSError:
        version.check(PACK)
    else:
        _check_once(version.folder, version.name, version.pack_sha256, (found.st_mtime_ns, found.st_size))


@lru_cache(maxsize=8)
def _check_once(folder: Path, name: str, sha256: str, _state: tuple[int, int]) -> None:
    Version(name, folder, {"files": {PACK: sha256}}).check(PACK)


@lru_cache(maxsize=64)
def _warn(damage: str) -> None:
    """Log what is damaged, once a process and not with every phone that asks."""
    LOG.warning("the registry is damaged, so no ranker serves", extra={"damage": damage})
