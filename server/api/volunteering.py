"""What suits the signed-in volunteer, and which volunteers a task suits. Nobody is asked by it: a person decides."""

import logging
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from flask import Response
from marshmallow import RAISE, Schema, fields, validate

from mobile_contract.field_types import WholeNumber
from mobile_contract.kind import ID_PATTERN
from server.api.auth import principal
from server.api.blueprint import Blueprint
from server.api.bodies import json_response
from server.api.models import VOLUNTEERS, serving
from server.api.problems import ProblemError
from server.api.ranked import LineSchema, RankedSchema
from server.api.services import services
from server.api.staff import only, scopes_of
from server.domain.days import local_day
from server.sync.model import Key

if TYPE_CHECKING:
    from ml.models.walker import Pack

LOG = logging.getLogger("kith.models")

#: Who may look for volunteers; the volunteers themselves are those of their own centres.

blueprint = Blueprint("volunteering", __name__, url_prefix="/v1/recommendations", description="Tasks and volunteers")


class TasksQuerySchema(Schema):
    """How many lines at most."""

    class Meta:
        unknown = RAISE

    limit = WholeNumber(load_default=10, validate=validate.Range(1, 50))


class VolunteersQuerySchema(TasksQuerySchema):
    """For which task or opportunity."""

    kind = fields.String(load_default="task", validate=validate.OneOf(("task", "opportunity")))
    id = fields.String(required=True, validate=validate.Regexp(f"^{ID_PATTERN}$"))


class SuitedSchema(LineSchema):
    """One line, as `Suited` of server/recommend/volunteers describes it: in order of score less demotion."""

    demotion = fields.Float(required=True)


class RankingSchema(RankedSchema):
    """Lines in order."""

    items = fields.List(fields.Nested(SuitedSchema), required=True)


@blueprint.at("/tasks", "POST")
@blueprint.signed_in
@blueprint.takes(TasksQuerySchema)
@blueprint.gives(RankingSchema)
def tasks(body: dict[str, Any]) -> Response:
    """Rank the tasks and roles that suit the signed-in volunteer, with reasons and what was kept off by which rule."""
    # Imported with the first question, as for the people's shortlists.
    from server.recommend.volunteers import UnknownVolunteerError, for_volunteer

    now, pack = services().now(), serving_pack(services().models)
    with services().store.read(principal().tenant) as view:
        records, today = cast(Any, view), local_day(now)
        try:
            found = for_volunteer(records, principal(), pack=pack, today=today, limit=body["limit"])
        except UnknownVolunteerError as error:
            raise ProblemError("not-allowed") from error
    return json_response(asdict(found))


@blueprint.at("/volunteers", "POST")
@blueprint.signed_in
@blueprint.takes(VolunteersQuerySchema)
@blueprint.gives(RankingSchema)
def volunteers(body: dict[str, Any]) -> Response:
    """Rank which volunteers of one's own centres a task suits. It asks nobody: a person decides whom to ask."""
    from server.recommend.volunteers import UnknownTaskError, for_task

    who = only()
    if not scopes_of(who):
        raise ProblemError("not-allowed", detail="You work for no volunteer centre here, so there is nobody to rank.")
    now, pack = services().now(), serving_pack(services().models)
    with services().store.read(who.tenant) as view:
        records, today = cast(Any, view), local_day(now)
        task = Key(body["kind"], body["id"])
        try:
            found = for_task(records, who, task, pack=pack, today=today, limit=body["limit"])
        except UnknownTaskError as error:
            raise ProblemError("not-yours", detail="It is not among what you look after.") from error
    for one in found.items:
        services().reads.note_record(who, "ranked", one.kind, one.id, now)
    return json_response(asdict(found))


def serving_pack(models: Path) -> "Pack | None":
    """Give the volunteers' pack that serves; None when there is none or it is damaged, and plain rules rank."""
    champion = serving(models / VOLUNTEERS)
    return None if champion is None else _loaded(champion.pack_path, champion.name, champion.pack_sha256)


@lru_cache(maxsize=2)
def _loaded(path: Path, version: str, sha256: str) -> "Pack | None":
    from ml.features.volunteers import VOLUNTEERS as THE_SET
    from ml.models.walker import Pack, PackError

    try:
        return Pack.load(path.read_bytes(), version=version, sha256=sha256, features=THE_SET)
    except (OSError, PackError) as error:
        LOG.error("the volunteers' champion cannot rank", exc_info=error, extra={"version": version})
        return None
