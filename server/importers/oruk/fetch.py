"""A feed fetched to its end within limits, or not at all."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import httpx
import orjson

from server.importers.problems import SourceError

_BUSY: Final = (429, 502, 503, 504)
_MISSING: Final = (404, 405, 410, 501)
_HALF: Final = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
_HEADERS: Final = {"Accept": "application/json", "User-Agent": "kith-importer"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much a feed may take. Seconds and bytes; tries : of a request that a busy server turns away."""

    connect_s: float = 10
    read_s: float = 30
    total_s: float = 1_800
    answer_bytes: int = 64_000_000
    total_bytes: int = 512_000_000
    pages: int = 10_000
    tries: int = 3


class Fetcher:
    """Asks for JSON, and keeps count of time and bytes over the whole feed."""

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.limits = limits or Limits()
        self._clock, self._pause = clock, pause
        self._ends = clock() + self.limits.total_s
        self._bytes = 0
        timeout = httpx.Timeout(self.limits.read_s, connect=self.limits.connect_s)
        self._client = httpx.Client(timeout=timeout, follow_redirects=True, max_redirects=5, headers=_HEADERS)

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def json(self, url: httpx.URL) -> Any:
        """Give the JSON at `url`, or None where there is nothing of the kind (404, 405, 410, 501).

        Raises SourceError when the server is silent, busy, broken, too slow or too talkative, or gives no JSON.
        """
        for attempt in range(self.limits.tries):
            status, body = self._answer(url)
            if status not in _BUSY:
                break
            if attempt + 1 < self.limits.tries:
                self._pause(2.0**attempt)
        if status in _MISSING:
            return None
        if status != httpx.codes.OK:
            raise SourceError(f"The feed answers {status} at {_shown(url)}.", "Try again later, or ask its publisher.")
        return parse(body, _shown(url))

    def _answer(self, url: httpx.URL) -> tuple[int, bytes]:
        try:
            with self._client.stream("GET", url) as response:
                return response.status_code, self._body(response)
        except httpx.TimeoutException:
            raise SourceError(
                f"The feed at {_shown(url)} has gone silent.", "Nothing was written. Try again later."
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise SourceError(
                f"The feed at {_shown(url)} cannot be reached: {type(error).__name__}.",
                "Nothing was written. Check the address and the network.",
            ) from None

    def _body(self, response: httpx.Response) -> bytes:
        parts, size = [], 0
        for part in response.iter_bytes():
            size += len(part)
            self._bytes += len(part)
            if size > self.limits.answer_bytes or self._bytes > self.limits.total_bytes:
                raise SourceError("The feed is larger than the limit.", "Nothing was written. Ask its publisher.")
            if self._clock() > self._ends:
                raise SourceError("The feed takes longer than the limit.", "Nothing was written. Try again later.")
            parts.append(part)
        return b"".join(parts)


def parse(body: bytes, where: str) -> Any:
    """Read JSON, with or without a byte-order mark; raises SourceError for anything else.

    Half an emoji, left where a publisher's program cut a text in two, becomes the replacement character.
    """
    try:
        return orjson.loads(_HALF.sub(rb"\\ufffd", body.removeprefix(b"\xef\xbb\xbf")))
    except orjson.JSONDecodeError:
        raise SourceError(f"What {where} gives is not JSON, or only a part of it.", "Check the address.") from None


def _shown(url: httpx.URL) -> str:
    """Give an address for a message: without its query and user, which may hold a key."""
    return str(url.copy_with(query=None, userinfo=b"", fragment=None))
