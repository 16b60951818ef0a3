"""create_app: the one place where the parts join."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from mobile_contract.files import MEGABYTE
from mobile_contract.schemas import KINDS
from mobile_contract.validate import validate, validate_alike
from server.accounts.database import Database
from server.accounts.passwords import HASHER
from server.accounts.service import Accounts, Lives
from server.accounts.tokens import Signer
from server.api.access_log import log_requests
from server.api.app_files import serve_app
from server.api.bodies import compress
from server.api.health import serve_health
from server.api.metrics import measure_requests
from server.api.problem_pages import serve_problem_pages
from server.api.problems import handle_errors
from server.api.reads import Reads
from server.api.register import add_api
from server.api.remembered import Remembered
from server.api.seal import SignedSeal
from server.api.services import Services
from server.clock import now as utc_now
from server.files.build import make_files
from server.files.model import Limits
from server.live.http import PATH as LIVE_PATH
from server.live.tell import poke_for
from server.map_tiles import origin_of
from server.settings import Settings, signing_keys
from server.storage.engine import make_engine, reading, writing
from server.storage.migrate import obstacle
from server.storage.shelf import FileShelf
from server.storage.sql import SqlStore
from server.storage.tables import metadata
from server.sync.ports import Store
from server.sync.verify import Sums

Now = Callable[[], datetime]
Chance = Callable[[], float]
#: Sets of scopes whose candidates a process keeps ready; a county's take some 5 MB.
_DIRECTORIES: Final = 4
#: Calendars that a process keeps written, of 1 MB at most.
_CALENDARS: Final = 32


class _App(Flask):
    """Flask for plain functions: the original looks, at every call of each of them, whether it is one that waits."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Call it as it is."""
        return func


def create_app(
    settings: Settings,
    *,
    store: Store | None = None,
    now: Now = utc_now,
    chance: Chance = random.random,
    hasher: PasswordHasher = HASHER,
) -> Flask:
    """Put the server together.

    store : where records live; the database of the settings unless a test brings another. now, hasher : for tests.
    chance : gives numbers from 0 to 1, by which phones are told apart in time.
    """
    engine = make_engine(settings.database_url, settings.sqlite_synchronous)
    app = _App("kith", static_folder=None)
    app.extensions["kith"] = make_services(settings, engine, store=store, now=now, chance=chance, hasher=hasher)
    # Flask calls what runs after a request in reverse: the last thing measured is the first thing registered.
    measure_requests(app)
    log_requests(app)
    app.after_request(compress)
    add_api(app)
    serve_problem_pages(app)
    serve_health(app, partial(obstacle, engine))
    serve_app(app, settings.app, origin_of(settings.map_tiles) if settings.map_tiles else None)
    handle_errors(app)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign] # as Flask's documentation does
    return app


def make_services(
    settings: Settings,
    engine: Engine,
    *,
    store: Store | None = None,
    now: Now = utc_now,
    chance: Chance = random.random,
    hasher: PasswordHasher = HASHER,
) -> Services:
    """Put together what the views, and the commands of the command line, work with."""
    signer = Signer(signing_keys(settings.key_path))
    poke = poke_for(engine, settings)
    database = Database(partial(reading, engine), partial(writing, engine), metadata)
    records = store or SqlStore(engine, poke, now)
    lives = Lives(timedelta(seconds=settings.access_s), timedelta(days=settings.refresh_days))
    return Services(
        store=records,
        accounts=Accounts(database, signer, now, lives, hasher),
        seal=SignedSeal(signer),
        rules=KINDS,
        validate=validate,
        validate_alike=validate_alike,
        now=now,
        chance=chance,
        models=settings.models,
        files=make_files(
            settings.files, database, records, KINDS, validate, now, _limits(settings), max(1, settings.threads // 2)
        ),
        shelf=FileShelf(settings.home / "snapshots"),
        sums=Sums(),
        poll_s=settings.poll_s,
        live=None if settings.live.mode == "off" else LIVE_PATH,
        poke=poke,
        reads=Reads(records),
        directories=Remembered(_DIRECTORIES),
        calendars=Remembered(_CALENDARS),
        base_maps=settings.home,
        map_tiles=settings.map_tiles,
        public_calendars=settings.calendars == "public",
    )


def _limits(settings: Settings) -> Limits:
    return Limits(
        tenant_bytes=settings.files_mb * MEGABYTE,
        device_bytes=settings.device_files_mb * MEGABYTE,
        life=timedelta(days=settings.upload_days),
    )
