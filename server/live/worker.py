"""A gunicorn worker that keeps no stream: it hands the connection of `GET /v1/sync/live` to the live process."""

from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped] # it carries no types

from server.live.asked import Asked
from server.live.hand_over import hand_over
from server.live.http import PATH


class HandingWorker(ThreadWorker):  # type: ignore[misc] # gunicorn carries no types
    """gunicorn's threads, free for sync: a thread has a held connection for as long as handing it over takes.

    The application carries `hand_to`, the path of the live process's socket, None where there is none.
    """

    def handle_request(self, req: Any, conn: TConn) -> bool:
        """Hand the request over; answer it here when it is another, or when the live process is away."""
        path = self.app.hand_to
        if path is None or req.method != "GET" or req.path != PATH or self.cfg.is_ssl or not self.alive:
            return bool(super().handle_request(req, conn))
        headers = {name.lower(): value for name, value in req.headers}
        asked = Asked(headers.get("authorization", ""), headers.get("last-event-id", ""))
        if not hand_over(path, conn.sock, asked):
            return bool(super().handle_request(req, conn))
        _let_go(conn)
        return False


def _let_go(conn: TConn) -> None:
    """Close our copy. What gunicorn does with a finished connection would shut it down for its new owner too."""
    conn.sock.close()
    conn.close = lambda graceful=False: None
