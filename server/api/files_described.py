"""How the addresses of files are described in the OpenAPI document: what tus says in headers, no schema can."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar, cast

from flask import Response
from flask_smorest import Blueprint

View = TypeVar("View", bound=Callable[..., Response])

#: Bytes as they are.
BYTES: Final[Mapping[str, Any]] = {"schema": {"type": "string", "format": "binary"}}

_WHOLE: Final = {"type": "integer", "minimum": 0, "maximum": 999_999_999_999_999}
_TEXT: Final = {"type": "string"}
_HEADERS: Final[Mapping[str, tuple[str, Mapping[str, Any]]]] = {
    "Tus-Resumable": ("The version of tus that is spoken", {"type": "string", "enum": ["1.0.0"]}),
    "Tus-Version": ("The versions of tus that the server speaks", _TEXT),
    "Tus-Max-Size": ("The largest file, in bytes; single purposes may have less", _WHOLE),
    "Tus-Extension": ("What the server can do beyond the core of tus", _TEXT),
    "Tus-Checksum-Algorithm": ("How the bytes of a request may be checked", _TEXT),
    "Upload-Length": ("The size of the whole file in bytes, as its record says", {**_WHOLE, "minimum": 1}),
    "Upload-Offset": ("How many bytes of the file are on the server's disk", _WHOLE),
    "Upload-Expires": ("When an upload that has not ended is cleared away", _TEXT),
    "Upload-Metadata": ("attachment, the id of the record, and filetype if wanted; each value in base64", _TEXT),
    "Upload-Checksum": ("sha256 or sha1, a space, and the digest of this request's bytes in base64", _TEXT),
    "X-HTTP-Method-Override": ("What is meant", {"type": "string", "enum": ["PATCH", "DELETE"]}),
    "Location": ("Where the upload is", _TEXT),
}


def asks(*names: str, body: bool | None = None) -> Callable[[View], View]:
    """Describe the headers of a request; one with a question mark may be left out. body : whether bytes must come."""
    described: dict[str, Any] = {"parameters": [_parameter(name) for name in names]}
    if body is not None:
        described["requestBody"] = {"required": body, "content": {"application/offset+octet-stream": dict(BYTES)}}
    return _described(described)


def hears(status: int, *names: str) -> Callable[[View], View]:
    """Describe an answer without a body by its headers."""
    headers = {name: {"description": _HEADERS[name][0], "schema": dict(_HEADERS[name][1])} for name in names}
    return _described({"responses": {status: {"description": "As its headers say", "headers": headers}}})


def gives(*media_types: str) -> Callable[[View], View]:
    """Describe an answer that is a file."""
    content = {name: dict(BYTES) for name in media_types}
    return _described({"responses": {200: {"description": "The file", "content": content}}})


def _parameter(name: str) -> dict[str, Any]:
    plain = name.removesuffix("?")
    about, schema = _HEADERS[plain]
    return {"in": "header", "name": plain, "required": plain == name, "description": about, "schema": dict(schema)}


def _described(doc: Mapping[str, Any]) -> Callable[[View], View]:
    return cast("Callable[[View], View]", Blueprint.doc(**doc))
