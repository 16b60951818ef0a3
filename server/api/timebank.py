"""Statements of a time bank's accounts, for their owners and for the brokers of their bank."""

from typing import Final

from flask import Response

from server.api.auth import principal
from server.api.blueprint import Blueprint
from server.api.problems import ProblemError
from server.api.services import services
from server.domain.statement import statement_csv
from server.sync.model import Key

MEDIA_TYPE: Final = "text/csv"

blueprint = Blueprint("timebank", __name__, url_prefix="/v1/timebank", description="Statements of time banks")


@blueprint.at("/accounts/<string:account_id>/statement")
@blueprint.signed_in
@blueprint.gives(None, content_type=MEDIA_TYPE, description="RFC 4180, a line for each line of the ledger")
def statement(account_id: str) -> Response:
    """Give what happened to an account, oldest first, to whoever may hold its record."""
    who = principal()
    with services().store.read(who.tenant) as view:
        if not view.held([Key("account", account_id)], who.scopes):
            raise ProblemError("not-found")
        text = statement_csv(account_id, view.postings(account_id))
    services().reads.note_record(who, "statement", "account", account_id, services().now())
    response = Response(text, mimetype=MEDIA_TYPE)
    response.headers["Content-Type"] = f"{MEDIA_TYPE}; charset=utf-8; header=present"
    response.headers["Content-Disposition"] = 'attachment; filename="statement.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
