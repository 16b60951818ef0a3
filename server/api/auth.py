"""Who asks: the access token of a request, and the principal behind it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar, cast

import flask
from flask import Request

from server.accounts.tokens import Bearer
from server.api.problems import ProblemError
from server.api.services import services
from server.sync.glance import Likely, UnforeseenError
from server.sync.model import Principal
from server.sync.ports import View

Answer = TypeVar("Answer")


def authenticate(request: Request) -> None:
    """Find out who asks and keep it for the request; raises ProblemError or AccountError when nobody valid does."""
    check_token(request)
    flask.g.principal = _told_at_once() or services().accounts.welcome(flask.g.bearer)


def _told_at_once() -> Principal | None:
    """Ask in a single statement without a transaction around it; None where that cannot be, or went wrong."""
    ask = getattr(services().store, "ask", None)  # a store in memory has none
    if ask is None:
        return None
    bearer, accounts = cast(Bearer, flask.g.bearer), services().accounts
    try:
        rows = ask(accounts.question, {"device": bearer.device_id})
    except UnforeseenError:
        return None
    return accounts.welcome_told(bearer, rows)


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


def looked(read: Callable[[View], Answer], foreseen: Likely | None = None) -> Answer:
    """Read from a look in which who asks is of the same moment: from a glance if that will do, else from a whole look.

    read : may be called twice. foreseen : which changes it will most likely ask for.
    """
    glance = getattr(services().store, "glance", None)  # a store in memory has none
    if glance:
        with suppress(UnforeseenError):
            bearer, accounts = cast(Bearer, flask.g.bearer), services().accounts
            view = glance(bearer.tenant, bearer.device_id, accounts.question, foreseen)
            flask.g.principal = accounts.welcome_told(bearer, view.who)
            return read(view)
    return looked_whole(read)


def looked_whole(read: Callable[[View], Answer]) -> Answer:
    """Read from a whole look."""
    with looking() as view:
        return read(view)


def principal() -> Principal:
    """Give the principal of a request that `authenticate` let in."""
    return cast(Principal, flask.g.principal)
