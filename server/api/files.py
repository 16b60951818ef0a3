"""Files to and from phones: uploads by tus 1.0, which go on where they broke off, and downloads."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import flask
from flask import Response, request, send_file
from werkzeug.exceptions import ClientDisconnected

from mobile_contract.files import ADDRESS, MEDIA_TYPES
from server.api import tus
from server.api.auth import principal
from server.api.blueprint import Blueprint
from server.api.bodies import read_bytes
from server.api.files_described import asks, gives, hears
from server.api.problems import ProblemError, problem_response
from server.api.services import services
from server.files.model import FileError, Upload
from server.files.service import Files

#: A sender who is silent for so long is gone; the part of the file that came is kept.
_SILENCE_S: Final = 8.0
#: Problems that pass by themselves → seconds to wait.
_WAITS: Final = {"busy": 5, "upload-busy": 2}
#: Where the OpenAPI document finds the id of an upload in the answer to its beginning.
_UPLOAD: Final = {"file_id": "$response.header.Location#regex:/v1/files/(.+)"}

blueprint = Blueprint("files", __name__, url_prefix=ADDRESS, description="Files that belong to records, by tus 1.0")
blueprint.after_request(tus.mark)


@blueprint.errorhandler(FileError)  # type: ignore[untyped-decorator] # flask-smorest carries no types
def refused(error: FileError) -> Response:
    """Answer a refusal with its problem."""
    named = ProblemError(error.slug, error.detail, errors=error.errors, retry_after_s=_WAITS.get(error.slug))
    return problem_response(named)


@blueprint.at("", "OPTIONS")
@hears(204, "Tus-Version", "Tus-Max-Size", "Tus-Extension", "Tus-Checksum-Algorithm")
def abilities() -> Response:
    """Say which tus this is, what it can do, and how large a file may be; nobody needs to sign in for it."""
    return tus.abilities()


@blueprint.at("", "POST")
@blueprint.signed_in
@asks("Tus-Resumable", "Upload-Length", "Upload-Metadata", "Upload-Checksum?", body=False)
@hears(201, "Location", "Upload-Expires", "Upload-Offset")
@blueprint.leads_to("/v1/files/{file_id}", "head", 201, parameters=_UPLOAD)
@blueprint.leads_to("/v1/files/{file_id}", "patch", 201, parameters=_UPLOAD)
@blueprint.leads_to("/v1/files/{file_id}", "delete", 201, parameters=_UPLOAD)
@blueprint.leads_to("/v1/files/{file_id}", "post", 201, parameters=_UPLOAD)
@blueprint.leads_to("/v1/files/{file_id}", "get", 201, parameters=_UPLOAD)
def begin() -> Response:
    """Begin an upload for an attachment that has been pushed; bytes of it may come along."""
    tus.check_version(request.headers)
    wanted = tus.begin_from(request.headers)
    has_bytes = _brings_bytes()
    upload = _files().begin(principal(), wanted)
    response = tus.told(upload, _first_bytes(upload) if has_bytes else None, 201)
    response.headers["Location"] = f"{ADDRESS}/{upload.id}"
    return response


@blueprint.at("/<file_id>", "HEAD")
@blueprint.signed_in
@asks("Tus-Resumable?")
@hears(200, "Upload-Offset", "Upload-Length", "Upload-Metadata", "Upload-Expires")
def offset(file_id: str) -> Response:
    """Say how many bytes of an upload are on the disk; without Tus-Resumable, what a GET would say."""
    if "Tus-Resumable" not in request.headers:
        return _download(file_id)
    tus.check_version(request.headers)
    upload = _files().upload(principal(), file_id)
    response = tus.told(upload, _files().offset(upload), 200)
    response.headers["Upload-Length"] = str(upload.length)
    if upload.metadata:
        response.headers["Upload-Metadata"] = upload.metadata
    return response


@blueprint.at("/<file_id>", "PATCH")
@blueprint.signed_in
@asks("Tus-Resumable", "Upload-Offset", "Upload-Checksum?", body=True)
@hears(204, "Upload-Offset", "Upload-Expires")
def receive(file_id: str) -> Response:
    """Add bytes to an upload at its offset. With the last of them the attachment's record says that it is there."""
    return _receive(file_id)


@blueprint.at("/<file_id>", "DELETE")
@blueprint.signed_in
@asks("Tus-Resumable")
@hears(204)
def end(file_id: str) -> Response:
    """Give an upload up and throw away what has arrived; a file that is complete stays with its record."""
    return _end(file_id)


@blueprint.at("/<file_id>", "POST")
@blueprint.signed_in
@asks("Tus-Resumable", "X-HTTP-Method-Override", "Upload-Offset?", "Upload-Checksum?", body=False)
@hears(204, "Upload-Offset", "Upload-Expires")
def overridden(file_id: str) -> Response:
    """Do what X-HTTP-Method-Override says, PATCH or DELETE, for networks that let only GET and POST through."""
    actions: dict[str, Callable[[str], Response]] = {"PATCH": _receive, "DELETE": _end}
    action = actions.get(request.headers.get("X-HTTP-Method-Override", "").upper())
    if action is None:
        raise ProblemError("method-not-allowed")
    return action(file_id)


@blueprint.at("/<file_id>")
@blueprint.signed_in
@gives(*MEDIA_TYPES)
def download(file_id: str) -> Response:
    """Give the file of an attachment, whole or by Range; file_id is that of the attachment or of its upload."""
    return _download(file_id)


def _receive(file_id: str) -> Response:
    tus.check_version(request.headers)
    at = tus.whole(request.headers, "Upload-Offset")
    if request.mimetype != tus.MEDIA_TYPE:
        raise ProblemError("upload-content-type")
    _check_plain()
    upload = _files().upload(principal(), file_id)
    _check_announced(upload, at)
    return tus.told(upload, _take(upload, at))


def _end(file_id: str) -> Response:
    tus.check_version(request.headers)
    upload = _files().upload(principal(), file_id)
    _files().end(upload)
    return Response(status=204)


def _first_bytes(upload: Upload) -> int:
    """Take the bytes that came with the beginning; an upload that begins badly does not begin at all."""
    try:
        _check_announced(upload, 0)
        return _take(upload, 0)
    except (FileError, ProblemError):
        _files().shelf.drop(upload)
        raise


def _brings_bytes() -> bool:
    if not request.content_length and "Transfer-Encoding" not in request.headers:
        return False
    if request.mimetype != tus.MEDIA_TYPE:
        raise ProblemError("upload-content-type")
    _check_plain()
    return True


def _check_plain() -> None:
    """Refuse packed bytes: the offset counts those of the file."""
    if request.headers.get("Content-Encoding", "identity").strip().lower() not in ("identity", ""):
        raise ProblemError("unknown-encoding", "The bytes of a file come as they are, without Content-Encoding.")


def _check_announced(upload: Upload, at: int) -> None:
    """Refuse more bytes than are missing before any is read."""
    if upload.sha256 is None and at + (request.content_length or 0) > upload.length:
        raise ProblemError("file-too-large", "More bytes come than Upload-Length announced.")


def _take(upload: Upload, at: int) -> int:
    checksum = tus.checksum_from(request.headers)
    with _files().slot(), _impatient():
        return _files().receive(upload, at, _read, checksum=checksum)


def _read(count: int) -> bytes:
    try:
        return read_bytes(request, count)
    except ProblemError as error:  # what came before stays
        raise ClientDisconnected from error


@contextmanager
def _impatient() -> Iterator[None]:
    """Let the connection fail when nothing comes for a while: phones vanish without a word."""
    connection: Any = request.environ.get("gunicorn.socket")
    if connection is None:
        yield
        return
    before = connection.gettimeout()
    connection.settimeout(_SILENCE_S)
    try:
        yield
    finally:
        connection.settimeout(before)


def _download(file_id: str) -> Response:
    kept = _files().have(principal(), file_id)
    if request.method == "GET":
        services().reads.note_record(principal(), "file", "attachment", kept.attachment_id, services().now())
    name = f"{file_id}.{MEDIA_TYPES[kept.media_type]}"
    # No Last-Modified: a file that several records share would tell when the first of them came.
    response = send_file(
        kept.path, kept.media_type, as_attachment=True, download_name=name, etag=kept.sha256, last_modified=None,
        conditional=False,
    )  # fmt: skip
    response.headers.pop("Last-Modified", None)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.make_conditional(flask.request, accept_ranges=True, complete_length=kept.path.stat().st_size)
    return response


def _files() -> Files:
    return services().files
