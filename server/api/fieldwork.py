"""Fieldwork over HTTP, in counts: reports that never change, for commissioners; rounds as of now, for their teams."""

from dataclasses import asdict
from typing import Any, Final

from flask import Response
from marshmallow import Schema, fields

from server.api.auth import principal
from server.api.blueprint import Blueprint
from server.api.bodies import json_response
from server.api.problems import ProblemError
from server.api.services import services
from server.domain.reporting import Line, shown_coverage
from server.sync.decisions.publishing import rounds_of
from server.sync.model import Stored

_ALL: Final = frozenset({"commissioner", "administrator"})
_TEAMS: Final = frozenset({"outreach", "administrator"})
_FIELDWORK: Final = "fieldwork:"

blueprint = Blueprint(
    "fieldwork", __name__, url_prefix="/v1/fieldwork", description="What fieldwork came to, in counts"
)


class CountSchema(Schema):
    """One count of households or people. value : null when it is held back."""

    table = fields.String(required=True)
    group = fields.String(required=True)
    name = fields.String(required=True)
    value = fields.Integer(required=True, allow_none=True)


class ReportSchema(Schema):
    """Of a round, or of the sessions of a month such as 2026-10. coverage_pct : of a round, null when not told."""

    round_id = fields.String(required=True, allow_none=True)
    month = fields.String(required=True, allow_none=True)
    made_on = fields.String(required=True)
    coverage_pct = fields.Float(required=True, allow_none=True)
    lines = fields.List(fields.Nested(CountSchema), required=True)


class ReportsSchema(Schema):
    """In order of when they were made."""

    reports = fields.List(fields.Nested(ReportSchema), required=True)


class RoundSchema(Schema):
    """A round as of now."""

    round_id = fields.String(required=True)
    coverage_pct = fields.Float(required=True, allow_none=True)
    lines = fields.List(fields.Nested(CountSchema), required=True)


class RoundsSchema(Schema):
    """In order of id."""

    rounds = fields.List(fields.Nested(RoundSchema), required=True)


@blueprint.at("/reports", "GET")
@blueprint.signed_in
@blueprint.gives(ReportsSchema)
def reports() -> Response:
    """Give the reports of rounds and months that are over: all to commissioners, to a team those of its own rounds."""
    who = principal()
    if not who.roles & (_ALL | _TEAMS):
        raise ProblemError("not-allowed")
    with services().store.read(who.tenant) as view:
        found = view.of_kind("fieldwork_report") if who.roles & _ALL else view.in_scopes("fieldwork_report", _own())
        told = [_told(one) for one in found]
    return json_response({"reports": sorted(told, key=lambda one: (one["made_on"], one["round_id"] or one["month"]))})


@blueprint.at("/rounds", "GET")
@blueprint.signed_in
@blueprint.gives(RoundsSchema)
def rounds() -> Response:
    """Give the rounds of one's own teams as of now, with small counts held back; not to be given on."""
    if not principal().roles & _TEAMS:
        raise ProblemError("not-allowed")
    with services().store.read(principal().tenant) as view:
        found = [
            {
                "round_id": one.record.key.id,
                "coverage_pct": shown_coverage(one.lines, "*"),
                "lines": [asdict(line) for line in one.lines],
            }
            for one in rounds_of(view, _own())
        ]
    return json_response({"rounds": found})


def _own() -> frozenset[str]:
    return frozenset(scope for scope in principal().scopes if scope.startswith(_FIELDWORK))


def _told(report: Stored) -> dict[str, Any]:
    doc = report.doc
    about = {name: doc[name] for name in ("round_id", "month", "made_on", "lines")}
    covered = shown_coverage([Line(**line) for line in doc["lines"]], "*")
    return {**about, "coverage_pct": covered}
