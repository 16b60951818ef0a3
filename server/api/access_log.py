"""One log line a request: the pattern of its address (never the ids in it), what came of it, how long it took."""

import logging

import flask
from flask import Flask, Response

from server.api.metrics import elapsed_s

LOG = logging.getLogger("kith.access")


def log_requests(app: Flask) -> None:
    """Log every request of `app` but the health checks, which would drown the rest."""
    app.after_request(_line)


def _line(response: Response) -> Response:
    if not LOG.isEnabledFor(logging.INFO):
        return response
    rule = flask.request.url_rule.rule if flask.request.url_rule else None
    if rule in ("/healthz", "/readyz", "/metrics"):
        return response
    asked_by = flask.g.get("principal")
    LOG.info(
        "request",
        extra={
            "method": flask.request.method,
            "route": rule or "app",
            "status": response.status_code,
            "duration_ms": round(elapsed_s() * 1000, 1),
            "bytes": response.content_length,
            "tenant": asked_by.tenant if asked_by else None,
        },
    )
    return response
