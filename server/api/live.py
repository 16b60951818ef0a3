"""The stream of pokes, as far as the API is concerned: its address. The live process serves it.

Under `kith serve` a worker hands the connection over before the request gets here, so whoever gets here found the live
process away, or came through another WSGI server.
"""

from flask import Response
from marshmallow import Schema, fields

from server.api.blueprint import Blueprint
from server.api.problems import ProblemError

#: Seconds after which a live process that ended is back.
_AWAY_S = 10

blueprint = Blueprint("live", __name__, url_prefix="/v1/sync", description="Pokes: a phone hears that it should pull")


class EventsSchema(Schema):
    """One of a stream of server-sent events: ``event: head`` with the data ``{"head": n}``, and n as its id."""

    event = fields.String()
    data = fields.String()
    id = fields.String()
    retry = fields.Integer()


@blueprint.at("/live")
@blueprint.signed_in
@blueprint.gives(EventsSchema, content_type="text/event-stream")
def live() -> Response:
    """Hold the connection open and tell the head whenever something changes that the device may hold."""
    raise ProblemError("live-away", retry_after_s=_AWAY_S)
