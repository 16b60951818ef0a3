"""flask-smorest's Blueprint with our parser, and with types, which the original lacks."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar, cast

import flask
from flask import Request, Response
from flask_smorest import Blueprint as SmorestBlueprint
from marshmallow import Schema, ValidationError

from mobile_contract.field_types import ID_PATTERN
from server.api.auth import authenticate, check_token
from server.api.bodies import BoundedParser
from server.api.problems import ProblemError, response_name

View = TypeVar("View", bound=Callable[..., Response])

#: What may stand in an address where a rule has a name in angle brackets.
_NAME: Final = {"type": "string", "pattern": f"^{ID_PATTERN}$"}
_NAMES: Final = re.compile(r"<(?:\w+:)?(\w+)>")


class Blueprint(SmorestBlueprint):  # type: ignore[misc] # flask-smorest carries no types
    """A group of addresses of the API."""

    ARGUMENTS_PARSER = BoundedParser()

    def at(self, rule: str, method: str = "GET") -> Callable[[View], View]:
        """Serve the decorated view at `rule`; this is the outermost decorator."""
        described = [{"in": "path", "name": name, "schema": dict(_NAME)} for name in _NAMES.findall(rule)]
        return cast("Callable[[View], View]", self.route(rule, methods=[method], parameters=described))

    def takes(self, schema: type[Schema], location: str = "json") -> Callable[[View], View]:
        """Give the view the body, or the query string, as `schema` reads it."""

        def parsing(view: View) -> View:
            parsed = self.arguments(schema, location=location)(view)
            parsed._apidoc["arguments"]["responses"] = {422: response_name(422)}
            return cast(View, self._reading(schema(), view, parsed) if location == "json" else parsed)

        return parsing

    def _reading(self, schema: Schema, view: View, parsed: View) -> Callable[..., Response]:
        """Read the body without webargs, which makes a new schema for every request; `parsed` is what is documented."""

        @wraps(parsed)
        def reading(*args: Any, **kwargs: Any) -> Response:
            body = self.ARGUMENTS_PARSER.load_json(flask.request, schema)
            try:
                clean = schema.load(body)
            except ValidationError as error:
                raise ProblemError("invalid", errors={"json": error.messages}) from error
            return view(*args, clean, **kwargs)

        return reading

    def gives(self, schema: type[Schema] | None, status: int = 200, **described: Any) -> Callable[[View], View]:
        """Document the answer. The view makes it itself, so that documents are handed on without a second reading."""
        return _only_told(self.response(status, schema, **described))

    def leads_to(self, path: str, method: str = "post", status: int = 200, **given: Any) -> Callable[[View], View]:
        """Document that the answer has what another request needs (an OpenAPI link), so that tests walk on from it.

        given : requestBody (a value or a runtime expression) or parameters (name → runtime expression).
        """
        name = re.sub(r"\W+", "_", f"{method}{path}").strip("_")
        target = "#/paths/" + path.replace("/", "~1") + f"/{method}"
        links = {name: {"operationRef": target, **given}}
        return _only_told(self.doc(responses={status: {"links": links}}))

    def signed_in(self, view: View) -> View:
        """Let in only requests with a valid access token, before anything of their bodies is read."""
        return self._guarded(view, authenticate)

    def signed_in_when_looking(self, view: View) -> View:
        """Let in only requests with a genuine token; the view asks for the rest by opening its look with `looking`."""
        return self._guarded(view, check_token)

    def _guarded(self, view: View, check: Callable[[Request], None]) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Response:
            check(flask.request)
            return view(*args, **kwargs)

        documented = _only_told(self.doc(security=[{"access_token": []}]))(guarded)
        return cast(View, _only_told(self.alt_response(401, response=response_name(401)))(documented))


def _only_told(decorate: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Keep of a decorator what it documents; flask-smorest would also pass every request through it, to no avail."""

    def telling(view: Any) -> Any:
        view._apidoc = decorate(view)._apidoc  # where flask-smorest keeps it
        return view

    return telling
