"""`kith serve` with a store that dies on command and a clock that is set by a file: for tests alone.

In KITH_HOME, the file `die` kills the worker once, when a push is written and not yet committed; the file `offset_s`
moves the clock.
"""

import os
import signal
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from server.app import create_app
from server.clock import now as utc_now
from server.figures import Figures
from server.log import start_logging
from server.settings import make_home, settings_from, signing_keys
from server.storage.engine import make_engine
from server.storage.sql import SqlStore
from server.wsgi import KithServer, listen

HOME = Path(os.environ["KITH_HOME"])


class MortalStore(SqlStore):
    """Dies between the last savepoint and the commit."""

    @contextmanager
    def write(self, tenant):
        with super().write(tenant) as work:
            yield work
            if work.seq and (HOME / "die").exists():
                (HOME / "die").unlink()
                os.kill(os.getpid(), signal.SIGKILL)


def moved_now():
    with suppress(FileNotFoundError, ValueError):
        return utc_now() + timedelta(seconds=float((HOME / "offset_s").read_text()))
    return utc_now()


class FaultyServer(KithServer):
    def load(self):
        store = MortalStore(make_engine(self._settings.database_url), now=moved_now)
        return create_app(self._settings, store=store, now=moved_now)


if __name__ == "__main__":
    settings = settings_from()
    make_home(settings)
    signing_keys(settings.key_path)
    figures = Figures(settings)
    start_logging(settings.log_level)
    FaultyServer(settings, listen(settings), figures).run()
