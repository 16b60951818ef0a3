"""The server process: gunicorn with threads, told everything by the settings.

Threads suit the work, which waits for the database and lets other threads run meanwhile; two processes use two cores.
"""

import ctypes
import gc
import logging
import os
import re
import signal
import socket
import sys
from collections.abc import Iterator
from typing import Any, Final

from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped] # it carries no types
from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped] # it carries no types
from gunicorn.glogging import Logger  # type: ignore[import-untyped] # it carries no types
from sqlalchemy import make_url

from server.child import Child
from server.daily import regular
from server.figures import Figures
from server.live.paths import hand_path
from server.log import start_logging
from server.settings import Settings, settings_from
from server.storage.sql import SqlStore
from server.storage.warm import compile_statements

#: The dispatcher as a process beside the workers; started a little later, so that the first pages come at once.
_DISPATCH: Final = (sys.executable, "-m", "kith", "dispatch", "--child")
_DISPATCH_FIRST_S: Final = 4.0
#: Seconds that a request may still take after the stop signal.
_GRACE_S: Final = 20


def make_application() -> Flask:
    """Make the WSGI application from the environment, for servers other than ours."""
    from server.app import create_app  # here, because prometheus-client asks for its folder when it is imported

    settings = settings_from()
    start_logging(settings.log_level)
    return create_app(settings)


def listen(settings: Settings) -> socket.socket:
    """Open the socket that the server listens on; raises OSError when the port is taken or forbidden."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except BaseException:
        listener.close()
        raise
    return listener


def address_of(listener: socket.socket) -> str:
    """Say where a person can open what `listener` serves."""
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 # compared with, not bound to
    return f"http://{shown}:{port}"


class KithServer(BaseApplication):  # type: ignore[misc] # gunicorn carries no types
    """Gunicorn serving Kith on a socket that is already open."""

    def __init__(self, settings: Settings, listener: socket.socket, figures: Figures) -> None:
        self._settings, self._listener, self._figures = settings, listener, figures
        self.hand_to = None if settings.live.mode == "off" else hand_path(settings.home)
        self.live = Child(_bury) if settings.live.mode == "serve" else None
        self.dispatch = _dispatch() if settings.dispatch.mode == "serve" else None
        self.regular = regular(settings.recount_hours)
        super().__init__()

    def run(self) -> None:
        """Serve until told to stop."""
        self._figures.tell()
        try:
            KithArbiter(self).run()
        finally:
            self._figures.end()

    def load_config(self) -> None:
        """Set gunicorn up. The app is loaded once and shared; it opens no connection before the processes part."""
        for name, value in self._config().items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Make the application."""
        from server.app import create_app  # here, because prometheus-client asks for its folder when it is imported

        compile_statements(make_url(self._settings.database_url).get_backend_name())
        return create_app(self._settings)

    def _config(self) -> dict[str, Any]:
        return {
            "bind": f"fd://{self._listener.detach()}",
            "worker_class": "server.live.worker.HandingWorker",
            "workers": self._settings.workers,
            "threads": self._settings.threads,
            "preload_app": True,
            "timeout": 60,
            "graceful_timeout": _GRACE_S,
            "keepalive": 30,
            "limit_request_line": 8190,  # scopes are named in one
            "control_socket_disable": True,
            "proc_name": "kith",
            "logger_class": JsonLogger,
            "loglevel": "warning",
            "when_ready": _stop_gracefully,
            "post_worker_init": _settle_in,
            "child_exit": _forget_figures,
        }


class KithArbiter(Arbiter):  # type: ignore[misc] # gunicorn carries no types
    """gunicorn's first process, which looks after the live process as it does after its workers, and after the day."""

    def manage_workers(self) -> None:
        """Start what is missing; called about once a second and whenever a child has ended."""
        super().manage_workers()
        for child in self._children():
            child.keep_up()
        for work in self.app.regular:
            work.keep_up()

    def reap_workers(self) -> None:
        """Bury children that have ended; gunicorn waits for any of them, so our own are asked first."""
        for child in self._children():
            child.heed()
        for work in self.app.regular:
            work.heed()
        super().reap_workers()

    def stop(self, graceful: bool = True) -> None:
        """End the live process, the dispatcher and the workers."""
        for child in self._children():
            child.end()
        for work in self.app.regular:
            work.end()
        super().stop(graceful)
        for child in self._children():
            child.wait()

    def _children(self) -> Iterator[Child]:
        """Give the processes that run as long as the server does."""
        return (child for child in (self.app.live, self.app.dispatch) if child is not None)


def _dispatch() -> Child:
    ended = "the dispatcher ended and is started again"
    return Child(lambda _: None, _DISPATCH, ended=ended, first_s=_DISPATCH_FIRST_S)


class JsonLogger(Logger):  # type: ignore[misc] # gunicorn carries no types
    """Gunicorn's own lines, written like all others and without anybody's address."""

    def setup(self, cfg: Any) -> None:
        """Hand gunicorn's lines to the root logger."""
        super().setup(cfg)
        self.error_log.handlers[:] = []
        self.error_log.propagate = True
        self.error_log.addFilter(_hide_addresses)
        self.error_log.addFilter(_pass_over_silence)


def _hide_addresses(record: logging.LogRecord) -> bool:
    if isinstance(record.msg, str):
        record.msg = re.sub(r"\bip=\S+.*", "ip=…", record.msg)
    return True


def _pass_over_silence(record: logging.LogRecord) -> bool:
    """Say nothing of a client that stopped in the middle of its request: it is gone, and nothing is broken."""
    return record.exc_info is None or not isinstance(record.exc_info[1], BlockingIOError)


def _stop_gracefully(_arbiter: Any) -> None:
    """Let Ctrl-C end the server as SIGTERM does: running requests are answered first."""
    signal.signal(signal.SIGINT, lambda *_: os.kill(os.getpid(), signal.SIGTERM))


def _settle_in(worker: Any) -> None:
    _leave_interrupts_to_the_first_process(worker)
    store = worker.app.wsgi().extensions["kith"].store
    if isinstance(store, SqlStore):
        store.warm(worker.cfg.threads)
    _collect_less()
    _share_memory()


def _collect_less() -> None:
    """Leave what the program is made of out of every search for garbage, and search less often.

    A push of a hundred records makes thousands of values that go by themselves; searching all of memory for circles
    at the usual rate takes a seventh of its time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


#: glibc's number for the option how many places memory is taken from.
_M_ARENA_MAX = -8


def _share_memory() -> None:
    """Let all threads take memory from one place: glibc would give each its own, and keep there what its pages took."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # which other systems lack
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 1)


def _leave_interrupts_to_the_first_process(_worker: Any) -> None:
    """Ctrl-C reaches every process of the terminal; the workers wait until the first one tells them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _forget_figures(_arbiter: Any, worker: Any) -> None:
    _bury(worker.pid)


def _bury(process: int) -> None:
    """Take away the figures that hold only while a process lives."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(process)  # type: ignore[no-untyped-call] # prometheus-client leaves it untyped
