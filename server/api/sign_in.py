"""Signing in, renewing and signing out."""

from typing import Any

import flask
from flask import Response

from mobile_contract.wire import RefreshSchema, SessionSchema, SignInSchema
from server.accounts.errors import AccountError
from server.accounts.model import Account, Pass
from server.accounts.service import Enrolment
from server.api.auth import principal
from server.api.blueprint import Blueprint
from server.api.bodies import json_response
from server.api.metrics import SIGN_INS
from server.api.services import services
from server.domain.roles import NAMED

blueprint = Blueprint("sign-in", __name__, url_prefix="/v1", description="Who is asking")


@blueprint.at("/sign-in", "POST")
@blueprint.takes(SignInSchema)
@blueprint.gives(SessionSchema)
@blueprint.leads_to("/v1/refresh", requestBody={"refresh_token": "$response.body#/refresh_token"})
def sign_in(body: dict[str, Any]) -> Response:
    """Sign in with name and password, and enrol this device."""
    address = flask.request.remote_addr or ""
    try:
        given = services().accounts.sign_in(body["username"], body["password"], Enrolment(**body["device"]), address)
    except AccountError as error:
        SIGN_INS.labels(error.slug).inc()
        raise
    SIGN_INS.labels("signed-in").inc()
    return json_response(session(given))


@blueprint.at("/refresh", "POST")
@blueprint.takes(RefreshSchema)
@blueprint.gives(SessionSchema)
@blueprint.leads_to("/v1/refresh", requestBody={"refresh_token": "$response.body#/refresh_token"})
def refresh(body: dict[str, Any]) -> Response:
    """Renew the sign-in; the answer's refresh token replaces the one that was sent."""
    return json_response(session(services().accounts.refresh(body["refresh_token"])))


@blueprint.at("/sign-out", "POST")
@blueprint.signed_in
@blueprint.gives(None, 204)
def sign_out() -> Response:
    """End this device's sign-in. The device stays on the list until it is revoked."""
    services().accounts.sign_out(principal().device_id)
    return Response(status=204)


def session(given: Pass) -> dict[str, Any]:
    """Make the answer of a sign-in or a renewal."""
    return {
        "account": described(given.account),
        "tenant": given.account.tenant,
        "device_id": given.device.id,
        "scopes": sorted(given.scopes),
        "access_token": given.access_token,
        "access_expires_at": given.access_expires_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "refresh_token": given.refresh_token,
    }


def described(account: Account) -> dict[str, Any]:
    """Describe an account to the app of its owner."""
    facts = {name: list(account.facts.get(name) or ()) for name in NAMED}
    return {
        "id": account.id,
        "name": account.name,
        "username": account.username,
        "roles": list(account.roles),
        "volunteer_id": account.volunteer_id,
        **facts,
    }
