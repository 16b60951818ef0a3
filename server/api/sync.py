"""Push, pull, both in one, and the manifest."""

import hashlib
import logging
from collections import Counter
from typing import Any

import flask
import orjson
from flask import Response

from mobile_contract.schemas import KINDS
from mobile_contract.version import CURRENT, OLDEST
from mobile_contract.wire import (
    ManifestSchema,
    PageSchema,
    PullSchema,
    PushAnswerSchema,
    PushSchema,
    SyncAnswerSchema,
    SyncSchema,
    limits,
)
from server.api import encode
from server.api.auth import looked, looked_whole, principal
from server.api.backoff import spread_s
from server.api.blueprint import Blueprint
from server.api.bodies import json_response
from server.api.forgetting import forget_outside
from server.api.metrics import MUTATIONS, PULLED_ROWS
from server.api.models import current_model
from server.api.people import note_people
from server.api.services import services
from server.sync.glance import likely
from server.sync.model import Op, Page, PushAnswer
from server.sync.ports import View
from server.sync.pull import page_of, pull
from server.sync.push import push
from server.sync.versions import hidden_from

LOG = logging.getLogger("kith.sync")

blueprint = Blueprint("sync", __name__, url_prefix="/v1/sync", description="Records to and from phones")


@blueprint.at("/push", "POST")
@blueprint.signed_in
@blueprint.takes(PushSchema)
@blueprint.gives(PushAnswerSchema)
def push_view(body: dict[str, Any]) -> Response:
    """Apply a device's mutations and say what became of each."""
    return json_response(encode.push_answer(_push(body)))


@blueprint.at("/pull", "POST")
@blueprint.signed_in_when_looking
@blueprint.takes(PullSchema)
@blueprint.gives(PageSchema)
@blueprint.leads_to("/v1/sync/pull", requestBody={"cursor": "$response.body#/cursor"})
@blueprint.leads_to("/v1/sync/verify", requestBody={"cursor": "$response.body#/cursor"})
def pull_view(body: dict[str, Any]) -> Response:
    """Give the next page of what changed in the scopes that the device may hold."""
    asked, seal, hidden = encode.pull_from(body), services().seal, _hidden(body)
    foreseen = likely(asked, seal, hidden)

    def read(view: View) -> Page:
        return page_of(view, asked, principal(), seal, hidden)

    return json_response(_told(looked(read, foreseen) if foreseen else looked_whole(read)))


@blueprint.at("", "POST")
@blueprint.signed_in
@blueprint.takes(SyncSchema)
@blueprint.gives(SyncAnswerSchema)
def sync_view(body: dict[str, Any]) -> Response:
    """Push, then pull, in one round trip for thin signals."""
    pushed = _push(body["push"])
    at, asked = services(), body["pull"]
    page = pull(encode.pull_from(asked), principal(), store=at.store, seal=at.seal, hidden=_hidden(asked))
    return json_response({"push": encode.push_answer(pushed), "pull": orjson.Fragment(_told(page))})


@blueprint.at("/manifest")
@blueprint.signed_in_when_looking
@blueprint.gives(ManifestSchema)
def manifest_view() -> Response:
    """Say what a phone needs to know before it syncs; 304 when nothing has changed since its ETag."""
    manifest = _manifest()
    etag = hashlib.sha256(orjson.dumps(manifest)).hexdigest()[:32]
    response = json_response(manifest | {"server_time": services().now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")})
    response.set_etag(etag)
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(flask.request)
    return response


def _hidden(body: dict[str, Any]) -> frozenset[str]:
    return hidden_from(body["schema"], services().rules)


def _push(body: dict[str, Any]) -> PushAnswer:
    at = services()
    request = encode.push_from(body)
    answer = push(
        request,
        principal(),
        store=at.store,
        rules=at.rules,
        validate=at.validate,
        validate_alike=at.validate_alike,
        now=at.now(),
    )
    for outcome, count in Counter([receipt.outcome for receipt in answer.results]).items():
        MUTATIONS.labels(outcome.value).inc(count)
    note_people("push", [row.kind for one in answer.results if (row := one.row) is not None and row.op is Op.PUT])
    if any(one.command and one.command.name == "erase" for one in request.mutations):
        forget_outside(at, principal().tenant)
    if abs(answer.clock_offset_ms) > encode.TOLD_OFFSET_MS:
        LOG.warning("device clock is off", extra={"device": request.device, "offset_ms": answer.clock_offset_ms})
    return answer


def _told(page: Page) -> bytes:
    PULLED_ROWS.inc(page.count)
    note_people("pull", page.kinds)
    return encode.page(page, 0 if page.more else spread_s(services().poll_s))


def _manifest() -> dict[str, Any]:
    head = looked(lambda view: view.head())
    return {
        "epoch": head.epoch,
        "head": head.seq,
        "schema": {"min": OLDEST, "current": CURRENT},
        "kinds": sorted(KINDS),
        "scopes": sorted(principal().scopes),
        "limits": limits(),
        "poll_after_s": services().poll_s,
        "live": services().live,
        "wipe": "none",
        "model": current_model(services().models),
    }
