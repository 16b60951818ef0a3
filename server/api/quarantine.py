"""What was refused and kept aside, for those who hold its records now: list it, release it, drop it."""

from collections.abc import Iterable
from typing import Any, Final

import orjson
from flask import Response
from marshmallow import Schema, fields, validate

from mobile_contract.field_types import Instant
from mobile_contract.wire import MessageSchema
from server.api.auth import principal
from server.api.blueprint import Blueprint
from server.api.bodies import json_response
from server.api.forgetting import forget_outside
from server.api.problems import ProblemError
from server.api.review import door, note_reading, refuse_unless_done
from server.api.services import services
from server.sync.deep import readable
from server.sync.ports import Quarantined
from server.sync.review import entries_for

STATES = ("open", "released", "dropped")
#: A page ends before this many bytes of changes; one that is larger comes by itself.
PAGE_BYTES: Final = 1024 * 1024
#: At most so many entries are in a page.
MAX_ENTRIES: Final = 500

blueprint = Blueprint("quarantine", __name__, url_prefix="/v1/quarantine", description="What was refused and kept")


class QuarantineQuerySchema(Schema):
    """Which entries: open, released, dropped or all. after : the `next` of the page before."""

    state = fields.String(load_default="open", validate=validate.OneOf((*STATES, "all")))
    limit = fields.Integer(load_default=100, validate=validate.Range(1, MAX_ENTRIES))
    after = fields.String(load_default="", validate=validate.Regexp("^[0-9a-f]{32}$"))


class QuarantineItemSchema(Schema):
    """A change that was refused: why, what it was, and what was decided. mutation : as the phone sent it."""

    name = fields.String(required=True)
    kind = fields.String(required=True)
    id = fields.String(required=True)
    reason = fields.String(required=True)
    device = fields.String(required=True)
    received_at = Instant(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    settled_at = Instant(required=True, allow_none=True)
    settled_by = fields.String(required=True, allow_none=True)
    mutation = fields.Dict(keys=fields.String(), required=True)


class QuarantineListSchema(Schema):
    """What was refused about the records that the account holds and may write. next : ask for more by it as `after`."""

    entries = fields.List(fields.Nested(QuarantineItemSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class ReviewSchema(MessageSchema):
    """What is decided: release applies the change by the rights of the account that asks, drop lets it rest."""

    decision = fields.String(required=True, validate=validate.OneOf(("release", "drop")))


class ReviewedSchema(Schema):
    """What became of the entry."""

    name = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))


@blueprint.at("")
@blueprint.signed_in
@blueprint.takes(QuarantineQuerySchema, location="query")
@blueprint.gives(QuarantineListSchema)
@blueprint.leads_to("/v1/quarantine/{name}", parameters={"name": "$response.body#/entries/0/name"})
def quarantine(query: dict[str, Any]) -> Response:
    """List what was refused about records that the account holds now, whoever sent it, oldest first, page by page."""
    state = None if query["state"] == "all" else query["state"]
    with services().store.read(principal().tenant) as view:
        try:
            found, more = _page(entries_for(principal(), view, services().rules, state, query["after"]), query["limit"])
        except KeyError as error:
            raise ProblemError("not-found") from error
    note_reading("quarantine", principal().scopes, len(found))
    following = found[-1].name if more else None
    return json_response({"entries": [_described(entry) for entry in found], "next": following})


def _page(entries: Iterable[Quarantined], limit: int) -> tuple[list[Quarantined], bool]:
    """Take as many as make a page, at least one, and say whether there are more."""
    page: list[Quarantined] = []
    size = 0
    for entry in entries:
        size += len(entry.payload)
        if page and (len(page) == limit or size > PAGE_BYTES):
            return page, True
        page.append(entry)
    return page, False


@blueprint.at("/<string:name>", "POST")
@blueprint.signed_in
@blueprint.takes(ReviewSchema)
@blueprint.gives(ReviewedSchema)
def review(body: dict[str, Any], name: str) -> Response:
    """Release a refused change, or drop it. A change that still cannot be applied stays, and the problem says why."""
    release = body["decision"] == "release"
    try:
        verdict = door().review(name, principal(), release=release)
    except KeyError as error:
        raise ProblemError("not-found") from error
    refuse_unless_done(verdict)
    if release:  # it may have been an erasure
        forget_outside(services(), principal().tenant)
    return json_response({"name": name, "state": "released" if release else "dropped"})


def _described(entry: Quarantined) -> dict[str, Any]:
    names = ("name", "kind", "id", "reason", "device", "received_at", "state", "settled_at", "settled_by")
    return {**{name: getattr(entry, name) for name in names}, "mutation": orjson.Fragment(readable(entry.payload))}
