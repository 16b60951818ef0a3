"""The headers of tus 1.0: read strictly, each mistake under its header's name."""

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Final

from flask import Response
from werkzeug.datastructures import Headers
from werkzeug.http import http_date

from mobile_contract.files import MAX_FILE_BYTES
from server.api.problems import ProblemError
from server.files.model import Begin, Checksum, Upload

VERSION: Final = "1.0.0"
MEDIA_TYPE: Final = "application/offset+octet-stream"
EXTENSIONS: Final = "creation,creation-with-upload,termination,checksum,expiration"
_DIGEST_BYTES: Final[Mapping[str, int]] = {"sha256": 32, "sha1": 20}
ALGORITHMS: Final = ",".join(_DIGEST_BYTES)
#: Metadata longer than this is nobody's name for a file.
_METADATA_LIMIT: Final = 2048
_WHOLE: Final = re.compile(r"[0-9]{1,15}")
_KEY: Final = re.compile(r"[!-+\--~]{1,64}")  # no spaces and no commas
_ID: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}")


def check_version(headers: Headers) -> None:
    """Refuse another version of tus, before anything else is looked at; ProblemError `tus-version`."""
    if headers.get("Tus-Resumable") != VERSION:
        raise ProblemError("tus-version")


def whole(headers: Headers, name: str) -> int:
    """Read a header as a whole number; ProblemError `upload-invalid` when it is missing or something else."""
    text = headers.get(name)
    if text is None:
        raise invalid(name, "This header is needed.")
    if not _WHOLE.fullmatch(text):
        raise invalid(name, "Not a whole number from 0.")
    return int(text)


def begin_from(headers: Headers) -> Begin:
    """Read what a new upload is to be; ProblemError upload-length-deferred, upload-invalid, file-too-large."""
    if "Upload-Defer-Length" in headers:
        raise ProblemError("upload-length-deferred")
    if "Upload-Concat" in headers:
        raise invalid("Upload-Concat", "Uploads are not put together here.")
    length = whole(headers, "Upload-Length")
    if length > MAX_FILE_BYTES:
        raise ProblemError("file-too-large")
    if length == 0:
        raise invalid("Upload-Length", "A file has at least one byte.")
    text = headers.get("Upload-Metadata", "")
    told = metadata_from(text)
    attachment_id = told.get("attachment", "")
    if not _ID.fullmatch(attachment_id):
        raise invalid("Upload-Metadata", "Name the record of the file: attachment, a space, and its id in base64.")
    return Begin(attachment_id, length, told.get("filetype") or None, text)


def metadata_from(text: str) -> dict[str, str]:
    """Read Upload-Metadata: key, space, value in base64, commas between; ProblemError `upload-invalid`."""
    if len(text) > _METADATA_LIMIT:
        raise invalid("Upload-Metadata", f"At most {_METADATA_LIMIT} characters.")
    told: dict[str, str] = {}
    for pair in text.split(",") if text.strip() else ():
        key, _, value = pair.strip().partition(" ")
        if not _KEY.fullmatch(key) or key in told:
            raise invalid("Upload-Metadata", "Each key once, without spaces and commas.")
        told[key] = _decoded(value.strip()).decode("utf-8", "replace")
    return told


def _decoded(value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise invalid("Upload-Metadata", "Each value is base64.") from error


def checksum_from(headers: Headers) -> Checksum | None:
    """Read Upload-Checksum if it is there; ProblemError `upload-invalid`."""
    text = headers.get("Upload-Checksum")
    if text is None:
        return None
    algorithm, _, value = text.strip().partition(" ")
    if algorithm not in _DIGEST_BYTES:
        raise invalid("Upload-Checksum", f"One of {ALGORITHMS}, a space, and the digest in base64.")
    try:
        digest = base64.b64decode(value.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise invalid("Upload-Checksum", "The digest is base64.") from error
    if len(digest) != _DIGEST_BYTES[algorithm]:
        raise invalid("Upload-Checksum", f"A digest of {algorithm} has {_DIGEST_BYTES[algorithm]} bytes.")
    return Checksum(algorithm, digest)


def invalid(name: str, message: str) -> ProblemError:
    """Make the refusal that names a header."""
    return ProblemError("upload-invalid", errors={name: [message]})


def told(upload: Upload, offset: int | None = None, status: int = 204) -> Response:
    """Make an answer without a body about an upload."""
    response = Response(status=status)
    response.headers.pop("Content-Type")
    if upload.sha256 is None and (offset is None or offset < upload.length):
        response.headers["Upload-Expires"] = http_date(upload.expires_at)
    if offset is not None:
        response.headers["Upload-Offset"] = str(offset)
    return response


def abilities() -> Response:
    """Make the answer that says what this server can do."""
    response = Response(status=204)
    response.headers["Tus-Version"] = VERSION
    response.headers["Tus-Max-Size"] = str(MAX_FILE_BYTES)
    response.headers["Tus-Extension"] = EXTENSIONS
    response.headers["Tus-Checksum-Algorithm"] = ALGORITHMS
    return response


def mark(response: Response) -> Response:
    """Say on every answer which tus this is; a refused version also hears which one is spoken."""
    response.headers["Tus-Resumable"] = VERSION
    if response.status_code == 412:
        response.headers["Tus-Version"] = VERSION
    response.headers.setdefault("Cache-Control", "no-store")
    return response
