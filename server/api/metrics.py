"""Figures for Prometheus: how many requests, how long, what became of mutations.

Gunicorn runs several processes, so the figures live in files that all of them write and any of them adds up
(prometheus-client's multiprocess mode; `server.figures` says where). Labels are names of endpoints and
outcomes, never addresses, ids or names.
"""

import os
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

import flask
import prometheus_client
from flask import Flask, Response
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

from server.figures_file import keep_room

keep_room()

REQUESTS = Counter("kith_requests_total", "Requests answered", ["endpoint", "method", "status"])
LATENCY = Histogram(
    "kith_request_seconds",
    "From the first byte read to the answer made",
    ["endpoint"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
MUTATIONS = Counter("kith_mutations_total", "Mutations answered", ["outcome"])
PULLED_ROWS = Counter("kith_pulled_rows_total", "Rows sent to phones")
SIGN_INS = Counter("kith_sign_ins_total", "Attempts to sign in", ["result"])


def measure_requests(app: Flask) -> None:
    """Count and time every request of `app`, and serve the figures at /metrics."""
    app.before_request(_start)
    app.after_request(_finish)
    app.add_url_rule("/metrics", "metrics", _figures)


def _start() -> None:
    flask.g.started_s = time.perf_counter()


def _finish(response: Response) -> Response:
    endpoint = flask.request.endpoint or "none"
    count, time_of = _figures_of(endpoint, _method(), response.status_code)
    count.inc()
    time_of.observe(elapsed_s())
    return response


@lru_cache(maxsize=1_024)
def _figures_of(endpoint: str, method: str, status: int) -> tuple[Counter, Histogram]:
    """Find the figures of such answers; prometheus-client takes as long to find them as to count."""
    return REQUESTS.labels(endpoint, method, str(status)), LATENCY.labels(endpoint)


def _method() -> str:
    known = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
    return flask.request.method if flask.request.method in known else "other"


def elapsed_s() -> float:
    """Give the seconds since this request began, 0 when that was not noted."""
    started_s: float | None = flask.g.get("started_s")
    return time.perf_counter() - started_s if started_s is not None else 0.0


class _Written(MultiProcessCollector):
    """Adds up all files but those of processes that are starting: for a moment these are empty and cannot be read."""

    def collect(self) -> Any:
        """Give the figures of all processes."""
        files = [str(path) for path in Path(self._path).glob("*.db") if path.exists() and path.stat().st_size]
        return self.merge(files, accumulate=True)  # type: ignore[no-untyped-call] # as above


def _figures() -> Response:
    registry = prometheus_client.REGISTRY
    if os.path.isdir(os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")):
        registry = CollectorRegistry()
        _Written(registry)  # type: ignore[no-untyped-call] # prometheus-client leaves it untyped
    return Response(prometheus_client.generate_latest(registry), content_type=prometheus_client.CONTENT_TYPE_LATEST)
