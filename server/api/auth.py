"""Who asks: the access token of a request, and the principal behind it."""

from typing import cast

import flask
from flask import Request

from server.api.problems import ProblemError
from server.api.services import services
from server.sync.model import Principal


def authenticate(request: Request) -> None:
    """Find out who asks and keep it for the request; raises ProblemError or AccountError when nobody valid does."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise ProblemError("not-signed-in")
    flask.g.principal = services().accounts.principal(token.strip())


def principal() -> Principal:
    """Give the principal of a request that `authenticate` let in."""
    return cast(Principal, flask.g.principal)
