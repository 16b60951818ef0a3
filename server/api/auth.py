"""Who asks: the access token of a request, and the principal behind it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import flask
from flask import Request

from server.accounts.tokens import Bearer
from server.api.problems import ProblemError
from server.api.services import services
from server.sync.model import Principal
from server.sync.ports import View


def authenticate(request: Request) -> None:
    """Find out who asks and keep it for the request; raises ProblemError or AccountError when nobody valid does."""
    check_token(request)
    flask.g.principal = services().accounts.welcome(flask.g.bearer)


def check_token(request: Request) -> None:
    """Find out whom the token names, without asking the database; what `looking` finds out has the last word."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise ProblemError("not-signed-in")
    flask.g.bearer = services().accounts.bearer(token.strip())


@contextmanager
def looking() -> Iterator[View]:
    """Open a look in which who asks, with today's grants, is of the same moment as what they are given."""
    bearer = cast(Bearer, flask.g.bearer)
    with services().store.read(bearer.tenant) as view:
        connection = getattr(view, "connection", None)  # a store in memory has none: its accounts live elsewhere
        flask.g.principal = services().accounts.welcome(bearer, connection)
        yield view


def principal() -> Principal:
    """Give the principal of a request that `authenticate` let in."""
    return cast(Principal, flask.g.principal)
