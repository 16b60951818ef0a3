"""The devices of an account: see them, shut a lost one out."""

from datetime import datetime
from typing import Any

from flask import Response

from mobile_contract.wire import DeviceListSchema
from server.accounts.model import Device
from server.api.auth import principal
from server.api.blueprint import Blueprint
from server.api.bodies import json_response
from server.api.problems import ProblemError
from server.api.services import services

blueprint = Blueprint("devices", __name__, url_prefix="/v1/devices", description="Phones that hold records")


@blueprint.at("")
@blueprint.signed_in
@blueprint.gives(DeviceListSchema)
@blueprint.leads_to("/v1/devices/{device_id}", "delete", parameters={"device_id": "$response.body#/devices/0/id"})
def devices() -> Response:
    """List the devices of the account that asks."""
    mine = services().accounts.devices.all(principal().tenant, principal().account_id)
    return json_response({"devices": [described(device, principal().device_id) for device in mine]})


@blueprint.at("/<device_id>", "DELETE")
@blueprint.signed_in
@blueprint.gives(None, 204)
def revoke(device_id: str) -> Response:
    """Shut a device of one's own out: it deletes what it holds at its next contact."""
    device = services().accounts.devices.find(device_id)
    if device is None or device.account_id != principal().account_id:
        raise ProblemError("not-found")
    services().accounts.revoke(device_id)
    services().poke(device.tenant, 0, frozenset())
    return Response(status=204)


def described(device: Device, current_id: str) -> dict[str, Any]:
    """Describe a device to its owner."""
    return {
        "id": device.id,
        "name": device.name,
        "platform": device.platform,
        "enrolled_at": _instant(device.enrolled_at),
        "last_seen_at": _instant(device.last_seen_at),
        "revoked_at": _instant(device.revoked_at),
        "current": device.id == current_id,
    }


def _instant(moment: datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
