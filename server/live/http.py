"""The little HTTP that the live process speaks: a request's head in, a stream's head or one whole answer out."""

from http import HTTPStatus
from typing import Final

import h11
import orjson

from mobile_contract.problems import MEDIA_TYPE, problem
from server.live.asked import Asked

PATH: Final = "/v1/sync/live"
#: A head that is longer is nobody's.
_LONGEST_HEAD: Final = 32 * 1024

_ALWAYS: Final = (
    "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
    "Connection: close\r\n"
)
#: Proxies of nginx's kind pass each line on at once when they are told so.
STREAM: Final = (
    f"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Accel-Buffering: no\r\n{_ALWAYS}\r\n"
).encode()
BEAT: Final = b":\n\n"


def poke(head: int) -> bytes:
    """Write the one event there is."""
    return f'event: head\nid: {head}\ndata: {{"head": {head}}}\n\n'.encode()


def retry(seconds: float) -> bytes:
    """Write when to come back."""
    return f"retry: {round(seconds * 1000)}\n\n".encode()


def refusal(slug: str, retry_after_s: float | None = None) -> bytes:
    """Write a whole answer that says no."""
    named = problem(slug)
    more = "" if retry_after_s is None else f"Retry-After: {max(1, round(retry_after_s))}\r\n"
    if named.status == HTTPStatus.UNAUTHORIZED:
        more += 'WWW-Authenticate: Bearer realm="kith"\r\n'
    return whole(named.status, MEDIA_TYPE, orjson.dumps(named.body(None, None)), more)


def whole(status: int, content_type: str, body: bytes, more: str = "") -> bytes:
    """Write a whole answer. more : further header lines, each with its end."""
    phrase = HTTPStatus(status).phrase
    head = f"HTTP/1.1 {status} {phrase}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}{more}{_ALWAYS}\r\n".encode() + body


class Doorstep:
    """Reads the head of one request on a connection of our own."""

    def __init__(self) -> None:
        self._parser = h11.Connection(h11.SERVER, max_incomplete_event_size=_LONGEST_HEAD)

    def read(self, text: bytes) -> h11.Request | None:
        """Take bytes in; give the request when its head is whole. Raises h11.RemoteProtocolError."""
        self._parser.receive_data(text)
        event = self._parser.next_event()
        return event if isinstance(event, h11.Request) else None


def path_of(request: h11.Request) -> str:
    """Give the path, without the query."""
    return request.target.decode("ascii", "replace").partition("?")[0]


def asked_by(request: h11.Request) -> Asked:
    """Pick out what a phone says about itself."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in request.headers}
    return Asked(headers.get("authorization", ""), headers.get("last-event-id", ""))
