"""The whole API in one list, and its OpenAPI 3.1 document."""

from importlib import metadata

from flask import Flask

from mobile_contract.generate.json_schema import exact
from server.api import (
    base_map,
    calendars,
    conflicts,
    devices,
    dispatching,
    fieldwork,
    files,
    live,
    looking_after,
    models,
    quarantine,
    recommendations,
    roles,
    sign_in,
    snapshots,
    sync,
    timebank,
    training,
    verify,
    volunteering,
)
from server.api.problems import ProblemApi

_DESCRIPTION = (
    "What Kith's phones and server say to each other. Errors are RFC 9457 problems; a phone branches on `remedy`. "
    "The protocol is told in docs/protocol.md."
)
_ACCESS_TOKEN = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "From /v1/sign-in"}


def add_api(app: Flask) -> ProblemApi:
    """Give `app` every address under /v1, and /v1/openapi.json."""
    app.config.update(
        API_TITLE="Kith",
        API_VERSION=metadata.version("kith"),
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/v1",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "info": {"description": _DESCRIPTION, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
            "components": {"securitySchemes": {"access_token": _ACCESS_TOKEN}},
        },
    )
    api = ProblemApi(app)
    api.ma_plugin.converter.add_attribute_function(exact)
    parts = (
        sign_in,
        devices,
        sync,
        snapshots,
        verify,
        live,
        conflicts,
        quarantine,
        recommendations,
        base_map,
        volunteering,
        dispatching,
        roles,
        looking_after,
        models,
        files,
        timebank,
        training,
        fieldwork,
        calendars,
    )
    for part in parts:
        api.register_blueprint(part.blueprint)
    return api
