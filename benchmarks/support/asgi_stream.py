"""What people would take off the shelf: server-sent events from an ASGI application, nothing behind it.

No sign-in, no database, no scopes: it only holds connections. Served by gunicorn's own ASGI worker.
"""

from collections.abc import Awaitable, Callable
from typing import Any

PATH = "/v1/sync/live"

Message = dict[str, Any]


async def app(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    """Begin a stream, tell one event and hold it until the client leaves."""
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        continue
    if scope["path"] != PATH:  # asked whether it has started
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})
        return
    headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"event: head\nid: 0\ndata: {}\n\n", "more_body": True})
    while (await receive())["type"] != "http.disconnect":
        continue
