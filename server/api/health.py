"""Is the process alive, and can it serve."""

from collections.abc import Callable

from flask import Flask, Response

from server.api.bodies import json_response
from server.api.problems import ProblemError

#: Says what stands in the way of serving, in plain words, or None.
Obstacle = Callable[[], str | None]


def serve_health(app: Flask, obstacle: Obstacle) -> None:
    """Serve /healthz, which only says that the process answers, and /readyz, which asks `obstacle`."""

    @app.get("/healthz")
    def healthz() -> Response:
        return json_response({"status": "ok"})

    @app.get("/readyz")
    def readyz() -> Response:
        in_the_way = obstacle()
        if in_the_way is not None:
            raise ProblemError("not-ready", in_the_way)
        return json_response({"status": "ready"})
