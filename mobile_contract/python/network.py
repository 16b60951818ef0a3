"""The network over HTTP: requests whose large bodies are packed, and files whose bytes are given as they come."""

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

import httpx

from mobile_contract.python.transport import Answer, Transport

#: Bodies from this size on are worth packing.
WORTH_PACKING = 2_048
#: Seconds of silence after which a file has broken off.
SILENCE_S = 30.0


class HttpAnswer(NamedTuple):
    """An answer over HTTP."""

    status: int
    body: Any
    headers: Mapping[str, str] = MappingProxyType({})


class FileAnswer(Protocol):
    """An answer that may be long; what `httpx.Client.stream` gives."""

    @property
    def status_code(self) -> int:
        """Of HTTP."""

    def iter_raw(self) -> Iterator[bytes]:
        """Give the bytes as they come; raises what the transport raises when they break off."""

    def read(self) -> bytes:
        """Give the whole body of a refusal."""


#: Opens a file: path and headers.
Files = Callable[[str, dict[str, str]], AbstractContextManager[FileAnswer]]


def http_transport(base_url: str, client: httpx.Client | None = None) -> Transport:
    """Send over HTTP to the server at `base_url`, such as ``http://127.0.0.1:8080``."""
    http = client or httpx.Client(base_url=base_url, timeout=60)

    def send(method: str, path: str, headers: dict[str, str], body: Any) -> Answer:
        content, more = packed(body)
        answer = http.request(method, path, headers=more | headers, content=content)
        is_json = "json" in answer.headers.get("content-type", "")
        return HttpAnswer(answer.status_code, answer.json() if is_json else None, answer.headers)

    return send


def http_files(base_url: str) -> Files:
    """Fetch files over HTTP from the server at `base_url`."""
    http = httpx.Client(base_url=base_url, timeout=httpx.Timeout(60, read=SILENCE_S))
    return lambda path, headers: http.stream("GET", path, headers={"accept-encoding": "identity"} | headers)


def packed(body: Any) -> tuple[bytes | None, dict[str, str]]:
    """Write a body as JSON, gzipped when it is large, with the headers that say so."""
    if body is None:
        return None, {}
    text, headers = (
        json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(),
        {"content-type": "application/json"},
    )
    if len(text) < WORTH_PACKING:
        return text, headers
    return gzip.compress(text, 6), headers | {"content-encoding": "gzip"}
