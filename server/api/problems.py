"""The one place that turns errors into problem+json, and that documents them so."""

import logging
import sqlite3
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import flask
import orjson
import psycopg
from flask import Flask, Response
from sqlalchemy import exc
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from mobile_contract.problems import MEDIA_TYPE, problem
from mobile_contract.wire import ProblemSchema
from server.accounts.errors import AccountError
from server.api.backoff import spread_s
from server.api.documented import LateApi
from server.files.disk import FULL
from server.storage.full import is_full
from server.sync.model import RefusedError
from server.sync.ports import ClashError, NoRoomError

LOG = logging.getLogger("kith.api")

#: Which named problem stands for an HTTP error that nobody named.
_OF_STATUS = {
    400: "bad-request",
    401: "not-signed-in",
    403: "not-allowed",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "wrong-content-type",
    416: "range-not-there",
    422: "invalid",
    426: "contract-too-old",
    429: "too-many-attempts",
    500: "server-error",
    503: "busy",
}


#: Seconds after which a busy server, and one whose disk is full, may be asked again.
_BUSY_S, _NO_ROOM_S = 5, 60
_KEPT = "Your work is still on this phone, and is sent when there is room again."


class ProblemError(Exception):
    """A whole request refused with a named problem.

    slug : of the contract's problems. errors : field → what is wrong with it. retry_after_s : when waiting helps.
    """

    def __init__(
        self,
        slug: str,
        detail: str | None = None,
        *,
        errors: dict[str, Any] | None = None,
        retry_after_s: int | None = None,
    ) -> None:
        super().__init__(slug)
        self.slug = slug
        self.detail = detail
        self.errors = errors
        self.retry_after_s = retry_after_s


def json_bytes(body: Any) -> bytes:
    """Write JSON; half an emoji, which UTF-8 cannot carry, becomes a replacement character and keys become text."""
    try:
        return orjson.dumps(body)
    except TypeError:
        return orjson.dumps(_whole(body))


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, Mapping):
        return {_whole(str(name)): _whole(one) for name, one in value.items()}
    return [_whole(one) for one in value] if isinstance(value, list | tuple) else value


def problem_response(refusal: ProblemError) -> Response:
    """Make the answer of a refusal."""
    named = problem(refusal.slug)
    body = json_bytes(named.body(refusal.detail, refusal.errors))
    response = Response(body, named.status, content_type=MEDIA_TYPE)
    if refusal.retry_after_s is not None:
        response.headers["Retry-After"] = str(refusal.retry_after_s)
    if named.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="kith"'
    return response


def response_name(status: int) -> str:
    """Name the documented response of a status; Python's own names for some differ from version to version."""
    return f"Problem{int(status)}"


#: Where Python's phrase differs from version to version, or says too little.
_DESCRIPTIONS = {401: "Not signed in, or no longer", 422: "Some fields are not right"}


class ProblemApi(LateApi):
    """flask-smorest's Api, but with errors sent and documented as RFC 9457 problem+json."""

    ERROR_SCHEMA = ProblemSchema

    def handle_http_exception(self, error: HTTPException) -> Response:
        """Name the problem behind an HTTP error; a redirect passes as it is."""
        status = error.code or 500
        if status < HTTPStatus.BAD_REQUEST:
            return error.get_response()  # type: ignore[return-value] # a werkzeug response is one too
        slug = _OF_STATUS.get(status, "bad-request" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "server-error")
        data = getattr(error, "data", None) or {}
        response = problem_response(ProblemError(slug, errors=data.get("errors") or data.get("messages")))
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            response.headers["Allow"] = ", ".join(sorted(error.valid_methods))  # RFC 9110 section 15.5.6 asks for it
        return response

    def _register_responses(self) -> None:
        """Document every error with problem+json, which the original announces as application/json."""
        for status in HTTPStatus:
            self.spec.components.response(response_name(status), self._described(status), lazy=True)
        default = {"description": "A named problem, with a remedy", "content": self._content()}
        self.spec.components.response(self.DEFAULT_ERROR_RESPONSE_NAME, default, lazy=True)

    def _described(self, status: HTTPStatus) -> dict[str, Any]:
        described: dict[str, Any] = {"description": _DESCRIPTIONS.get(status, status.phrase)}
        if status >= HTTPStatus.BAD_REQUEST:
            described["content"] = self._content()
        return described

    def _content(self) -> dict[str, Any]:
        return {MEDIA_TYPE: {"schema": self.ERROR_SCHEMA}}


def handle_errors(app: Flask) -> None:
    """Let `app` answer every error with its problem."""
    app.register_error_handler(ProblemError, problem_response)
    app.register_error_handler(AccountError, _answer_account)
    app.register_error_handler(RefusedError, _answer_refused)
    app.register_error_handler(ClashError, _answer_busy)
    app.register_error_handler(NoRoomError, _answer_no_room)
    app.register_error_handler(exc.DBAPIError, _answer_database)
    app.register_error_handler(exc.TimeoutError, _answer_busy)
    for gone in (psycopg.OperationalError, sqlite3.OperationalError):  # what is asked of a driver itself
        app.register_error_handler(gone, _answer_busy)
    app.register_error_handler(Exception, _answer_fault)
    app.logger.addFilter(_without_address)


def _without_address(record: logging.LogRecord) -> bool:
    """Let Flask's own report of a fault name the endpoint: addresses hold ids, and whatever people type there."""
    record.msg, record.args = "fault outside the views of %s", (flask.request.endpoint if flask.request else None,)
    return True


def _answer_account(error: AccountError) -> Response:
    return problem_response(ProblemError(error.slug, retry_after_s=error.retry_after_s))


def _answer_refused(error: RefusedError) -> Response:
    named = error.problem
    return problem_response(ProblemError(named.slug, named.detail or None, errors=dict(named.errors)))


def _answer_busy(error: Exception) -> Response:
    LOG.warning("busy", extra={"endpoint": flask.request.endpoint, "error": type(error).__name__})
    return problem_response(ProblemError("busy", retry_after_s=spread_s(_BUSY_S)))


def _answer_database(error: exc.DBAPIError) -> Response | HTTPException:
    """Tell a database that is gone, locked, full or read-only from a statement of ours that is wrong."""
    if is_full(error):
        return _answer_no_room(error)
    passing = isinstance(error, exc.OperationalError | exc.InterfaceError | exc.InternalError)
    return _answer_busy(error) if passing or error.connection_invalidated else _answer_fault(error)


def _answer_no_room(error: Exception) -> Response:
    """Say that the disk is full: in the log in one sentence for whoever looks after the server."""
    where = {"endpoint": flask.request.endpoint}
    LOG.error("the disk of the database or of KITH_HOME is full (%s); make room", type(error).__name__, extra=where)
    return problem_response(ProblemError("no-room", _KEPT, retry_after_s=spread_s(_NO_ROOM_S)))


def _answer_fault(error: Exception) -> Response | HTTPException:
    if isinstance(error, HTTPException):
        return error
    if isinstance(error, OSError) and error.errno in FULL:
        return _answer_no_room(error)
    LOG.error("fault", exc_info=error, extra={"endpoint": flask.request.endpoint})
    return problem_response(ProblemError("server-error"))
