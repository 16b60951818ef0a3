"""What the live process serves beside the stream: is it alive, and its figures."""

from typing import Final

import orjson
import prometheus_client

from server.live.http import refusal, whole

_JSON: Final = "application/json"


def page(path: str, held: int, most: int) -> bytes:
    """Answer a request for `path`."""
    if path == "/healthz":
        return whole(200, _JSON, orjson.dumps({"status": "ok", "connections": held, "most": most}))
    if path == "/metrics":
        return whole(200, prometheus_client.CONTENT_TYPE_LATEST, prometheus_client.generate_latest())
    return refusal("not-found")
