"""Snapshots: which there are, and their files."""

from typing import Any

import flask
from flask import Response, send_file
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from mobile_contract.wire import SnapshotListSchema, SnapshotQuerySchema
from server.api import encode
from server.api.auth import looking, principal
from server.api.blueprint import Blueprint
from server.api.bodies import json_response
from server.api.people import note_scope
from server.api.problems import ProblemError
from server.api.services import services
from server.sync.budget import admit
from server.sync.cursor import is_good
from server.sync.entries import Snapshot
from server.sync.snapshot import offered

MEDIA_TYPE = "application/x-ndjson+gzip"

blueprint = Blueprint(
    "snapshots", __name__, url_prefix="/v1/sync/snapshots", description="Scopes packed whole, for phones that begin"
)


@blueprint.at("")
@blueprint.signed_in_when_looking
@blueprint.takes(SnapshotQuerySchema, location="query")
@blueprint.gives(SnapshotListSchema)
@blueprint.leads_to("/v1/sync/snapshots/{sha256}", "get", parameters={"sha256": "$response.body#/snapshots/0/sha256"})
def listed(query: dict[str, Any]) -> Response:
    """Give the newest snapshot of each granted scope that has a good one and that a device may hold beside the others.

    Small scopes are pulled row by row.
    """
    wanted = [scope for scope in query["scopes"].split(",") if scope]
    with looking() as view:
        fitting = admit(view.counts(principal().scopes), (), principal().scopes).admitted
        found = offered(view, principal(), [scope for scope in wanted if scope in fitting])
    there = [snapshot for snapshot in found if services().shelf.has(snapshot.sha256)]
    return json_response({"snapshots": [encode.snapshot(one) for one in there]})


@blueprint.at("/<sha256>")
@blueprint.signed_in_when_looking
@blueprint.gives(None, content_type=MEDIA_TYPE, description="One gzip member of NDJSON: a header, then a row a line")
def fetched(sha256: str) -> Response:
    """Give a snapshot, whole or in ranges; its SHA-256 is its ETag. Whether one exists is told only to its holders."""
    snapshot = _checked(sha256)
    note_scope("snapshot", snapshot.scope, snapshot.rows)
    path = services().shelf.path(sha256)
    response = send_file(path, mimetype=MEDIA_TYPE, etag=sha256, conditional=False)
    response.headers["Cache-Control"] = "private, no-store"
    try:
        response.make_conditional(flask.request, accept_ranges=True, complete_length=path.stat().st_size)
    except RequestedRangeNotSatisfiable as error:
        raise ProblemError("range-outside") from error
    return response


def _checked(sha256: str) -> Snapshot:
    with looking() as view:
        found = [one for one in view.snapshots_named([sha256]) if one.scope in principal().scopes]
        if not found:
            raise ProblemError("not-found")
        if not is_good(found[0], view.head()) or not services().shelf.has(sha256):
            raise ProblemError("snapshot-expired")
        return found[0]
