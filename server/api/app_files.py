"""The built phone app: its files, how long they may be kept, and one page for every address inside the app."""

import mimetypes
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, Response, request, send_from_directory
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from server.api.problems import ProblemError, problem_response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: Nothing may run or load but what this server itself serves.
CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types default",
    )
)
_ASKED_OF_NO_PHONE: Final = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "gyroscope", "hid", "magnetometer",
    "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
#: What the app may ask the phone for: where it is, when somebody wants the way. All else is off.
PERMISSIONS_POLICY: Final = ", ".join(("geolocation=(self)", *(f"{name}=()" for name in _ASKED_OF_NO_PHONE)))
_HEADERS: Final = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
    ("Origin-Agent-Cluster", "?1"),
    ("Permissions-Policy", PERMISSIONS_POLICY),
)
#: Where answers are no pages: nothing at all may run or load, nobody may frame or embed them, nobody may keep them.
_API: Final = "/v1/"
_API_HEADERS: Final = (
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)
_YEAR_S: Final = 365 * 24 * 3600
#: Names under which Vite puts files whose names change with their content.
_HASHED: Final = "assets/"
#: Addresses that are the server's own: a wrong one is a problem, never a page of the app.
_SERVER_OWN: Final = ("v1", "problems", "healthz", "readyz", "metrics")
#: Longer addresses are nobody's: those of the app hold an id or two.
_LONGEST: Final = 1000

_NOT_BUILT: Final = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Kith</title>
<h1>The app has not been built yet</h1>
<p>The server is running. Run <code>make setup</code> to build the phone app, then load this page again.</p>
</html>
"""


def serve_app(app: Flask, folder: Path, pictures: str | None = None) -> None:
    """Serve the built app in `folder` wherever `app` has no route of its own, with security headers on every answer.

    pictures : an origin from which pages may show pictures besides this server's own, for the tiles of a map.
    """

    def no_route(_error: NotFound) -> Response:
        path = request.path.lstrip("/")
        own = path.split("/", 1)[0] in _SERVER_OWN
        if own or request.method not in ("GET", "HEAD") or len(path) > _LONGEST:
            return problem_response(ProblemError("not-found"))
        return _file_or_page(folder, path or "index.html")

    app.register_error_handler(404, no_route)
    app.wsgi_app = _Secured(app.wsgi_app, pictures)  # type: ignore[method-assign] # as Flask's documentation does


def _file_or_page(folder: Path, path: str) -> Response:
    if _is_file(safe_join(str(folder), path)):
        return _kept(_packed_or_plain(folder, path), path)
    if "." in path.rsplit("/", 1)[-1] and path != "index.html":
        return problem_response(ProblemError("not-found"))
    if not (folder / "index.html").is_file():
        return Response(_NOT_BUILT, 503, content_type="text/html; charset=utf-8")
    # An address inside the app, such as /referral/r1: the app itself shows the right screen.
    return _kept(_packed_or_plain(folder, "index.html"), "index.html")


def _packed_or_plain(folder: Path, path: str) -> Response:
    """Send the file as the build has packed it with Brotli, where it has and the reader takes that; else as it is."""
    if not _is_file(safe_join(str(folder), f"{path}.br")):
        return send_from_directory(folder, path)
    if request.accept_encodings.quality("br") > 0 and "Range" not in request.headers:
        response = send_from_directory(folder, f"{path}.br", mimetype=mimetypes.guess_type(path)[0])
        response.headers["Content-Encoding"] = "br"
    else:
        response = send_from_directory(folder, path)
    response.vary.add("Accept-Encoding")
    return response


def _is_file(path: str | None) -> bool:
    try:
        return path is not None and Path(path).is_file()
    except OSError:  # such as a name that is too long for any file
        return False


def _kept(response: Response, path: str) -> Response:
    """Say how long a file may be kept: for ever when its name changes with its content, else ask each time."""
    if path.startswith(_HASHED):
        response.headers["Cache-Control"] = f"public, max-age={_YEAR_S}, immutable"
    else:
        response.headers["Cache-Control"] = "no-cache"
    if path.endswith("sw.js"):
        response.headers["Service-Worker-Allowed"] = "/"
    if path.endswith(".webmanifest"):
        response.mimetype = "application/manifest+json"
    return response


def _with(header: str, pictures: str | None) -> str:
    return header.replace("img-src 'self'", f"img-src 'self' {pictures}") if pictures else header


class _Secured:
    """Adds to every answer of `inner` the security headers that it has not, which takes Flask several times as long."""

    def __init__(self, inner: "WSGIApplication", pictures: str | None) -> None:
        self._inner = inner
        self._headers = tuple((name, _with(value, pictures)) for name, value in _HEADERS)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        wanted = _API_HEADERS if environ["PATH_INFO"].startswith(_API) else self._headers

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            given = {name.lower() for name, _ in headers}
            added = [each for each in wanted if each[0].lower() not in given]
            return start_response(status, headers + added, *error)

        return self._inner(environ, start)
