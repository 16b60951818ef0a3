"""Public calendars: the directory's times as iCalendar, without a sign-in, and nothing that is anybody's own."""

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Final

import flask
from flask import Response

from server.api.blueprint import Blueprint
from server.api.problems import ProblemError
from server.api.services import services
from server.domain.days import local_day
from server.sync.ids import is_id
from server.sync.ports import View

MEDIA_TYPE: Final = "text/calendar"
#: A calendar program may keep what it has for an hour before it asks again.
_KEPT_S: Final = 3600

blueprint = Blueprint("calendars", __name__, url_prefix="/v1/calendars", description="Public calendars (RFC 5545)")

Write = Callable[[View, str, str, date], bytes | None]


@blueprint.at("/<string:tenant>/assets/<string:asset_id>.ics")
@blueprint.gives(None, content_type=MEDIA_TYPE, description="The times of one asset")
def asset(tenant: str, asset_id: str) -> Response:
    """Give the times of one asset."""
    from server.calendars.gather import asset_calendar

    return _sent(asset_calendar, tenant, asset_id)


@blueprint.at("/<string:tenant>/districts/<string:district>.ics")
@blueprint.gives(None, content_type=MEDIA_TYPE, description="The times of a district's assets")
def district(tenant: str, district: str) -> Response:
    """Give the times of a district's assets. district : GSS code, or county for what serves all of it."""
    from server.calendars.gather import district_calendar

    return _sent(district_calendar, tenant, district)


@blueprint.at("/<string:tenant>/themes/<string:theme>.ics")
@blueprint.gives(None, content_type=MEDIA_TYPE, description="The times of a theme's assets")
def theme(tenant: str, theme: str) -> Response:
    """Give the times of all assets of one category."""
    from server.calendars.gather import theme_calendar

    return _sent(theme_calendar, tenant, theme)


def _sent(write: Write, tenant: str, name: str) -> Response:
    """Answer with a calendar, or with nothing new where the asker has this one.

    It is made once for each state of the directory and each day.
    """
    from server.calendars.gather import directory_scopes

    if not (is_id(tenant) and is_id(name) and services().public_calendars):
        raise ProblemError("not-found")
    today = local_day(services().now())
    with services().store.read(tenant) as view:
        head = view.head()
        if head.seq == 0:
            raise ProblemError("not-found")
        key = ("calendar", tenant, head.epoch, *view.mark(directory_scopes(view)), today, write.__name__, name)
        made = services().calendars.get(key, lambda: write(view, name, tenant, today))
    if made is None:
        raise ProblemError("not-found")
    response = Response(made, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    response.headers["Cache-Control"] = f"public, max-age={_KEPT_S}"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.set_etag(hashlib.sha256(made).hexdigest())
    response.make_conditional(flask.request)
    return response
