"""A gunicorn worker that keeps no stream: it hands the connection of `GET /v1/sync/live` to the live process."""

import socket
import struct
import time
from typing import Any, Final

from gunicorn.workers.gthread import _DEFER, TConn, ThreadWorker  # type: ignore[import-untyped] # it carries no types

from server.live.asked import Asked
from server.live.hand_over import PATIENCE_S, hand_over
from server.live.http import PATH

#: Seconds without an attempt after one that nobody answered: phones that try again may not hold up sync.
_REST_S: Final = 5.0
#: A client that is silent for so long in the middle of a request is gone: phones vanish without a word.
_SILENCE: Final = struct.pack("ll", 8, 0)
#: Seconds for which a thread looks whether a new connection says something, before it is put aside until it does.
_GLANCE_S: Final = 0.05


class HandingWorker(ThreadWorker):  # type: ignore[misc] # gunicorn carries no types
    """gunicorn's threads, free for sync: a thread has a held connection for as long as handing it over takes.

    The application carries `hand_to`, the path of the live process's socket, None where there is none.
    """

    _rest_until = 0.0

    def enqueue_req(self, conn: TConn) -> None:
        """Let reading from the line fail after some silence; gunicorn itself would wait for ever, and keep a thread."""
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, _SILENCE)
        super().enqueue_req(conn)

    def handle(self, conn: TConn) -> Any:
        """Put a connection that says nothing aside at once; gunicorn itself would give it a thread for 5 seconds."""
        if not conn.initialized and not conn.wait_for_data(_GLANCE_S):
            return _DEFER
        return super().handle(conn)

    def handle_request(self, req: Any, conn: TConn) -> bool:
        """Hand the request over; answer it here when it is another, or when the live process is away."""
        if req.method == "GET" and req.path == PATH and self._hand(req, conn.sock):
            _let_go(conn)
            return False
        return bool(super().handle_request(req, conn))

    def _hand(self, req: Any, line: socket.socket) -> bool:
        path, began = self.app.hand_to, time.monotonic()
        if path is None or self.cfg.is_ssl or not self.alive or began < self._rest_until:
            return False
        headers = {name.lower(): value for name, value in req.headers}
        asked = Asked(headers.get("authorization", ""), headers.get("last-event-id", ""))
        was_taken = hand_over(path, line, asked)
        if time.monotonic() - began >= PATIENCE_S:
            self._rest_until = time.monotonic() + _REST_S
        return was_taken


def _let_go(conn: TConn) -> None:
    """Close our copy. What gunicorn does with a finished connection would shut it down for its new owner too."""
    conn.sock.close()
    conn.close = lambda graceful=False: None
