"""The outlines under the map on phones: public data, one file a programme, made by `kith import outlines`."""

from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import flask
import orjson
from flask import Response
from marshmallow import Schema, fields

from server.api.auth import principal
from server.api.blueprint import Blueprint
from server.api.problems import ProblemError
from server.api.services import services
from server.files.base_maps import FORMAT, kept_at, version_of

#: What there is where only tiles were configured.
_PLAIN: Final[dict[str, Any]] = {"format": FORMAT, "attribution": "", "step": 1, "districts": [], "small": []}

blueprint = Blueprint("base map", __name__, url_prefix="/v1/base-map", description="Outlines for the map on phones")


class OutlineSchema(Schema):
    """A district by its GSS code. rings : each a line: where it begins, then how far each time, in steps."""

    code = fields.String(required=True)
    rings = fields.List(fields.List(fields.Integer()), required=True)


class BaseMapSchema(Schema):
    """Outlines on the National Grid. step : metres in one step of a line. small : lines between small areas.

    attribution : whom they are from. tiles : an address of map tiles, None where phones ask nobody else for anything.
    """

    format = fields.String(required=True)
    version = fields.String(required=True)
    attribution = fields.String(required=True)
    tiles = fields.String(required=True, allow_none=True)
    step = fields.Integer(required=True)
    districts = fields.List(fields.Nested(OutlineSchema), required=True)
    small = fields.List(fields.List(fields.Integer()), required=True)


@blueprint.at("")
@blueprint.signed_in
@blueprint.gives(BaseMapSchema)
def base_map() -> Response:
    """Give the base map of the programme; not-found where no outlines were imported."""
    path, tiles = kept_at(services().base_maps, principal().tenant), services().map_tiles
    written = path.stat().st_mtime_ns if path.is_file() else None
    if written is None and tiles is None:
        raise ProblemError("not-found")
    version, body = _told(path, written, tiles)
    response = Response(body, content_type="application/json")
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(version)
    response.make_conditional(flask.request)
    return response


@lru_cache(maxsize=8)
def _told(path: Path, written: int | None, tiles: str | None) -> tuple[str, bytes]:
    """Give the map's version and the map, read once for each time that it was written."""
    made = (_PLAIN if written is None else orjson.loads(path.read_bytes())) | {"tiles": tiles}
    version = version_of(orjson.dumps(made))
    return version, orjson.dumps(made | {"version": version})
