"""Bodies in and out: JSON of bounded size, gzip and zstd both ways."""

import gzip
import io
import json
import math
import zlib
from collections.abc import Callable, Mapping
from typing import Any, Final

import orjson
import zstandard
from flask import Request, Response, request
from gunicorn.http.errors import ParseException  # type: ignore[import-untyped] # it carries no types
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import ClientDisconnected

from mobile_contract.version import CURRENT, OLDEST
from mobile_contract.wire import MAX_BODY_BYTES, MAX_MUTATIONS
from server.api.problems import ProblemError, json_bytes

#: Answers shorter than this cost more to compress than they save.
_WORTH_COMPRESSING: Final = 860
#: How much of an oversized body is read and thrown away, so that the answer reaches a client still sending.
_MAX_DRAIN: Final = 64 * 1024 * 1024
_CHUNK: Final = 64 * 1024
#: Packed bytes unpacked at once: no more than about ten megabytes can come of them.
_ZSTD_STEP: Final = 256
#: The most digits, and a sign, of a number of 64 bits.
_DIGITS: Final = 20
#: Half a surrogate pair, which nothing is called.
_NO_NAME: Final = "\udfff"
_COMPRESSIBLE: Final = (
    "text/",
    "application/json",
    "application/problem+json",
    "application/manifest+json",
    "image/svg",
)

Unpack = Callable[[bytes], bytes]


def read_json(incoming: Request) -> Any:
    """Read the body as JSON; raises ProblemError when it is too large, packed wrongly, not JSON or not called JSON."""
    if incoming.mimetype != "application/json" and not incoming.mimetype.endswith("+json"):
        raise ProblemError("wrong-content-type")
    packed = _read_bounded(incoming)
    unpack = _UNPACKERS.get(incoming.headers.get("Content-Encoding", "identity").strip().lower())
    if unpack is None:
        raise ProblemError("unknown-encoding")
    try:
        return _parse(unpack(packed))
    except (ValueError, RecursionError) as error:
        raise ProblemError("malformed-json") from error
    except (zlib.error, zstandard.ZstdError, gzip.BadGzipFile, EOFError) as error:
        raise ProblemError("unreadable-body") from error


def _parse(body: bytes) -> Any:
    """Parse JSON, in a push half an emoji and endless numbers too: one odd value must not hold up a whole outbox."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        parsed = json.loads(body.decode("utf-8"), parse_int=_whole, parse_float=_broken, parse_constant=_refuse)
        if not isinstance(parsed, dict) or not parsed.keys() & {"mutations", "push"}:
            raise  # nothing but a push has an outbox behind it
        return parsed


def _whole(digits: str) -> int | float | dict[str, str]:
    """Read a whole number as orjson does: one of more than 64 bits as a broken one."""
    number = int(digits) if len(digits) <= _DIGITS else None
    return _broken(digits) if number is None or not -(2**63) <= number < 2**64 else number


def _broken(digits: str) -> float | dict[str, str]:
    """Read a broken number; one beyond all bounds becomes what no field takes: its mutation alone is refused."""
    number = float(digits)
    return number if math.isfinite(number) else {_NO_NAME: digits}


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _read_bounded(incoming: Request) -> bytes:
    body = read_bytes(incoming, MAX_BODY_BYTES + 1)
    if len(body) <= MAX_BODY_BYTES:
        return body
    left = _MAX_DRAIN
    while left > 0 and (chunk := read_bytes(incoming, _CHUNK)):
        left -= len(chunk)
    raise ProblemError("too-large")


def read_bytes(incoming: Request, count: int) -> bytes:
    """Read some of the body; ProblemError `unreadable-body` when it breaks off, falls silent or is chunked wrongly."""
    try:
        return incoming.stream.read(count)
    except (OSError, ValueError, ParseException, ClientDisconnected) as error:
        raise ProblemError("unreadable-body") from error


def _plain(body: bytes) -> bytes:
    return body


def _gunzip(body: bytes) -> bytes:
    """Unpack all members (RFC 1952); whatever else comes, and an end that does not, is an error."""
    with gzip.GzipFile(fileobj=io.BytesIO(body)) as reader:
        plain = reader.read(MAX_BODY_BYTES + 1)
    _bounded(plain)
    return plain


def _unzstd(body: bytes) -> bytes:
    """Unpack all frames; a little at a time, because a few bytes may unpack to very many."""
    unpacker = zstandard.ZstdDecompressor(max_window_size=8 * 1024 * 1024)
    plain, engine = bytearray(), None
    for start in range(0, len(body), _ZSTD_STEP):
        rest = body[start : start + _ZSTD_STEP]
        while rest:
            engine = engine or unpacker.decompressobj()
            plain += engine.decompress(rest)
            _bounded(plain)
            rest, engine = (engine.unused_data, None) if engine.eof else (b"", engine)
    if engine is not None:
        raise EOFError
    return bytes(plain)


def _bounded(plain: bytes | bytearray) -> None:
    if len(plain) > MAX_BODY_BYTES:
        raise ProblemError("too-large")


_UNPACKERS: Final[Mapping[str, Unpack]] = {
    "identity": _plain,
    "": _plain,
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "zstd": _unzstd,
}


class BoundedParser(FlaskParser):
    """Reads JSON bodies through `read_json`, and checks what must be known before a body is taken apart."""

    def load_json(self, req: Request, schema: Any) -> Any:
        """Read the body for `schema`, refusing another contract's version and too many mutations first."""
        body = read_json(req)
        if isinstance(body, Mapping):
            for part in (body, body.get("push"), body.get("pull")):
                if isinstance(part, Mapping):
                    _check(part)
        return body


def _check(part: Mapping[str, Any]) -> None:
    version = part.get("schema")
    if isinstance(version, int | float) and version > CURRENT:
        raise ProblemError(
            "contract-too-new", f"The phone speaks version {version}, this server {OLDEST} to {CURRENT}."
        )
    if isinstance(version, int | float) and version < OLDEST:
        raise ProblemError(
            "contract-too-old", f"The phone speaks version {version}, this server {OLDEST} to {CURRENT}."
        )
    mutations = part.get("mutations")
    if isinstance(mutations, list) and len(mutations) > MAX_MUTATIONS:
        raise ProblemError("too-many-mutations", f"{len(mutations)} mutations; at most {MAX_MUTATIONS} in one push.")


def json_response(body: Any, status: int = 200) -> Response:
    """Answer with JSON, a value or its bytes, that nobody may keep: records of people do not belong in caches."""
    written = body if isinstance(body, bytes) else json_bytes(body)
    return Response(written, status, content_type="application/json", headers={"Cache-Control": "no-store"})


def compress(response: Response) -> Response:
    """Pack an answer with zstd or gzip when the client takes it and it is worth it."""
    if not _compressible(response):
        return response
    _vary(response)
    if not request.headers.get("Accept-Encoding"):
        return response
    accepted = request.accept_encodings
    if accepted.quality("zstd") > 0:
        return _packed(response, "zstd", zstandard.ZstdCompressor(level=3).compress)
    if accepted.quality("gzip") > 0:
        return _packed(response, "gzip", _gzip)
    return response


def _vary(response: Response) -> None:
    """Say that the answer hangs on what its reader takes; hardly any says so of something else already."""
    if "Vary" in response.headers:
        response.vary.add("Accept-Encoding")
    else:
        response.headers["Vary"] = "Accept-Encoding"


def _compressible(response: Response) -> bool:
    if response.status_code != 200 or "Content-Encoding" in response.headers or "Content-Range" in response.headers:
        return False
    mimetype = response.mimetype or ""
    if not mimetype.startswith(_COMPRESSIBLE) and not mimetype.endswith("javascript"):
        return False
    length = response.content_length
    return length is None or length >= _WORTH_COMPRESSING


def _packed(response: Response, name: str, pack: Unpack) -> Response:
    response.direct_passthrough = False
    response.set_data(pack(response.get_data()))
    response.headers["Content-Encoding"] = name
    if etag := response.headers.get("ETag"):
        response.headers["ETag"] = f"W/{etag.removeprefix('W/')}"  # other bytes, the same meaning
    return response


def _gzip(body: bytes) -> bytes:
    engine = zlib.compressobj(level=5, wbits=16 + zlib.MAX_WBITS)
    return engine.compress(body) + engine.flush()
