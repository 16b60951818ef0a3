"""How the OpenAPI walker signs in, and what it must know to get past the door.

Loaded by Schemathesis through SCHEMATHESIS_HOOKS, in a process of its own. KITH_WALK_URL and KITH_WALK_PASSWORD say
where the server is and how its made-up account signs in. Only requests that are meant to be right are helped.
"""

import base64
import itertools
import json
import os
import urllib.error
import urllib.request
from datetime import UTC, datetime

import schemathesis
from hypothesis import strategies as st

URL = os.environ.get("KITH_WALK_URL", "")
PASSWORD = os.environ.get("KITH_WALK_PASSWORD", "")
ATTACHMENTS = 5
#: Every so often a right request stays as it was made, so that the first checks are walked into as well.
LEFT_AS_MADE = 7

devices, helped = itertools.count(1), itertools.count(1)
current = {"device": "", "token": ""}

_INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(lambda one: f"{one:%Y-%m-%dT%H:%M:%SZ}")
schemathesis.openapi.format("date-time", _INSTANTS)


@schemathesis.serializer("application/offset+octet-stream")
def as_bytes(ctx, value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


def ask(path, body=None, token=""):
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{URL}{path}", data, headers), timeout=30) as answer:
        return json.load(answer)


def token() -> str:
    """Keep the device while it is let in; a walk that shuts its own device out goes on with another."""
    try:
        ask("/v1/sync/manifest", token=current["token"])
    except urllib.error.HTTPError:
        current["device"] = f"walker-{next(devices)}"
        device = {"id": current["device"], "name": "walker"}
        told = ask("/v1/sign-in", {"username": "amina", "password": PASSWORD, "device": device})
        current["token"] = told["access_token"]
    return current["token"]


@schemathesis.auth(refresh_interval=2)
class Walker:
    """A bearer token that is renewed when it is needed."""

    def get(self, case, context):
        return token()

    def set(self, case, data, context):
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def before_call(context, case, kwargs):
    right = case.meta is None or case.meta.generation.mode.is_positive
    if not right or next(helped) % LEFT_AS_MADE == 0:
        return
    path = case.operation.path
    if path in ("/v1/sync/push", "/v1/sync") and isinstance(case.body, dict):
        push = case.body.get("push") if path == "/v1/sync" else case.body
        now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        push.update({"device": current["device"], "schema": 3, "sent_at": now})
    if path == "/v1/files" and case.method == "POST":
        attachment = f"walked-{next(helped) % ATTACHMENTS}".encode()
        case.headers["Upload-Length"] = "64"
        case.headers["Upload-Metadata"] = f"attachment {base64.b64encode(attachment).decode()}"
