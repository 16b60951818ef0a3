"""Every setting of the server, read from the environment once, in one place."""

import logging
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from server.dispatch_settings import FIGURES, DispatchSettings
from server.map_tiles import EXAMPLE, is_of_tiles

_CHECKOUT: Final = Path(__file__).resolve().parents[1]
_KEY_BYTES: Final = 32
#: How an address of a database may begin, and how SQLAlchemy wants it.
_DRIVERS: Final = {
    "sqlite": "sqlite",
    "postgresql+psycopg": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}
_NO_DATABASE: Final = (
    "{name} is no address of a database that Kith can use. Write sqlite:///FILE or "
    "postgresql+psycopg://USER:PASSWORD@HOST/NAME; signs such as @ or / in a password are written %40 and %2F."
)
#: The right of others to list a folder or to open what is in it.
_OTHERS: Final = 0o055

LOG = logging.getLogger("kith.settings")


class SettingError(ValueError):
    """A setting that cannot be used; the message says which and how to mend it."""


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """How phones are poked.

    mode : KITH_LIVE; "serve": `kith serve` starts the live process, "apart": `kith live` is run by itself, "off": no
    pokes. port : KITH_LIVE_PORT on HOST, where the live process listens too, 0 for nowhere but the socket in the home.
    most : KITH_LIVE_MAX, connections held at once. rate : KITH_LIVE_RATE, pokes a second that the server can answer;
    what many hold is told to them one after the other at this rate. gap_ms : KITH_LIVE_GAP_MS, between two pokes of one
    phone. beat_s : KITH_LIVE_BEAT_SECONDS, between signs of life. look_s : KITH_LIVE_LOOK_SECONDS, how often the live
    process looks at the feeds itself, in case a word was lost.
    """

    mode: str = "serve"
    port: int = 0
    most: int = 10_000
    rate: int = 500
    gap_ms: int = 1000
    beat_s: int = 25
    look_s: int = 3


@dataclass(frozen=True, slots=True)
class Settings:
    """How this server runs.

    home : KITH_HOME, the folder of everything the server keeps. database_url : KITH_DATABASE_URL.
    models : KITH_MODELS, the registry of rankers. app : KITH_APP, the built phone app.
    host, port : HOST and PORT, where to listen; loopback unless told otherwise.
    workers, threads : KITH_WORKERS processes of KITH_THREADS threads each. log_level : KITH_LOG_LEVEL.
    access_s : KITH_ACCESS_SECONDS, the life of an access token. refresh_days : KITH_REFRESH_DAYS, how long a phone
    may stay away and still renew its sign-in. poll_s : KITH_POLL_SECONDS, how often an idle phone should ask.
    sqlite_synchronous : KITH_SQLITE_SYNCHRONOUS, full or normal: what a power cut may take.
    proxies : KITH_PROXIES, how many trusted proxies stand before the server and name the client's address.
    files_mb : KITH_FILES_MB, of all files of one programme. device_files_mb : KITH_DEVICE_FILES_MB, of what one phone
    has on its way. upload_days : KITH_UPLOAD_DAYS, the life of an upload that does not end.
    recount_hours : KITH_RECOUNT_HOURS, how often `kith serve` recounts what rankers read, 0 for never;
    unless it is 0, places and notices of events are looked after every hour.
    calendars : KITH_CALENDARS, "public": anybody may have the directory's calendars, "off": nobody. map_tiles :
    KITH_MAP_TILES, an address of map tiles; without it phones ask nobody but this server.
    live : see LiveSettings. dispatch : see DispatchSettings.
    """

    home: Path
    database_url: str
    models: Path
    app: Path
    host: str = "127.0.0.1"
    port: int = 8080
    workers: int = 2
    threads: int = 4
    log_level: str = "INFO"
    access_s: int = 600
    refresh_days: int = 90
    poll_s: int = 60
    sqlite_synchronous: str = "full"
    proxies: int = 0
    files_mb: int = 10_240
    device_files_mb: int = 100
    upload_days: int = 7
    recount_hours: int = 24
    calendars: str = "public"
    map_tiles: str | None = None
    live: LiveSettings = LiveSettings()
    dispatch: DispatchSettings = field(default_factory=DispatchSettings)

    @property
    def key_path(self) -> Path:
        """Where the signing keys are kept, readable by the owner alone."""
        return self.home / "secret.key"

    @property
    def files(self) -> Path:
        """Where signatures and photos are kept, whole and in parts; one disk for all processes."""
        return self.home / "files"


def settings_from(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from `environ`; raises SettingError for one that cannot be used."""
    home = Path(environ.get("KITH_HOME") or "var").absolute()
    return Settings(
        home=home,
        database_url=_database(environ, home),
        models=Path(environ.get("KITH_MODELS") or home / "models").absolute(),
        app=Path(environ.get("KITH_APP") or _CHECKOUT / "app" / "dist").absolute(),
        host=environ.get("HOST") or "127.0.0.1",
        port=_whole(environ, "PORT", 8080, low=0, high=65_535),
        workers=_whole(environ, "KITH_WORKERS", 2, low=1, high=256),
        threads=_whole(environ, "KITH_THREADS", 4, low=1, high=256),
        log_level=_level(environ),
        access_s=_whole(environ, "KITH_ACCESS_SECONDS", 600, low=1, high=86_400),
        refresh_days=_whole(environ, "KITH_REFRESH_DAYS", 90, low=1, high=3650),
        sqlite_synchronous=_word(environ, "KITH_SQLITE_SYNCHRONOUS", ("full", "normal")),
        poll_s=_whole(environ, "KITH_POLL_SECONDS", 60, low=1, high=86_400),
        proxies=_whole(environ, "KITH_PROXIES", 0, low=0, high=8),
        files_mb=_whole(environ, "KITH_FILES_MB", 10_240, low=1, high=100_000_000),
        device_files_mb=_whole(environ, "KITH_DEVICE_FILES_MB", 100, low=1, high=1_000_000),
        upload_days=_whole(environ, "KITH_UPLOAD_DAYS", 7, low=1, high=365),
        recount_hours=_whole(environ, "KITH_RECOUNT_HOURS", 24, low=0, high=720),
        calendars=_word(environ, "KITH_CALENDARS", ("public", "off")),
        map_tiles=_tiles(environ),
        live=_live(environ),
        dispatch=_dispatch(environ),
    )


def _database(environ: Mapping[str, str], home: Path) -> str:
    given = environ.get("KITH_DATABASE_URL")
    return usable_url(given, "KITH_DATABASE_URL") if given else f"sqlite:///{home / 'kith.db'}"


def usable_url(given: str, name: str) -> str:
    """Give the address of a database as Kith uses it; PostgreSQL's driver may be left out, as there is one.

    name : of the setting, for the SettingError, which never repeats the address: it may hold a password.
    """
    from sqlalchemy import exc, make_url  # only now: most settings are read without a database

    scheme, _, rest = given.partition("://")
    try:
        url = make_url(usable := f"{_DRIVERS[scheme]}://{rest}")
    except (KeyError, ValueError, exc.ArgumentError):
        raise SettingError(_NO_DATABASE.format(name=name)) from None
    if url.drivername == "sqlite" and url.database in (None, "", ":memory:"):
        raise SettingError(f"{name} names no file of SQLite. Write it after three strokes: sqlite:///kith.db.")
    return usable


def _live(environ: Mapping[str, str]) -> LiveSettings:
    return LiveSettings(
        mode=_word(environ, "KITH_LIVE", ("serve", "apart", "off")),
        port=_whole(environ, "KITH_LIVE_PORT", 0, low=0, high=65_535),
        most=_whole(environ, "KITH_LIVE_MAX", 10_000, low=1, high=1_000_000),
        rate=_whole(environ, "KITH_LIVE_RATE", 500, low=1, high=1_000_000),
        gap_ms=_whole(environ, "KITH_LIVE_GAP_MS", 1000, low=0, high=600_000),
        beat_s=_whole(environ, "KITH_LIVE_BEAT_SECONDS", 25, low=1, high=3600),
        look_s=_whole(environ, "KITH_LIVE_LOOK_SECONDS", 3, low=1, high=3600),
    )


def _dispatch(environ: Mapping[str, str]) -> DispatchSettings:
    usual, mode = DispatchSettings(), _word(environ, "KITH_DISPATCH", ("serve", "apart", "off"))
    told = {
        one.field: _whole(environ, one.name, getattr(usual, one.field), low=one.low, high=one.high) for one in FIGURES
    }
    return DispatchSettings(mode, **told)


def _word(environ: Mapping[str, str], name: str, known: Sequence[str]) -> str:
    """Read a setting that is one of a few words, the first when it is left out."""
    word = (environ.get(name) or known[0]).lower()
    if word not in known:
        raise SettingError(f"{name} must be one of {', '.join(known)}. Set it so, or leave it out.")
    return word


def _whole(environ: Mapping[str, str], name: str, usual: int, *, low: int, high: int) -> int:
    text = environ.get(name) or str(usual)
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise SettingError(f"{name} must be a whole number from {low} to {high}. Set it so, or leave it out.")
    return int(text)


def _tiles(environ: Mapping[str, str]) -> str | None:
    given = environ.get("KITH_MAP_TILES") or None
    if given is None or is_of_tiles(given):
        return given
    raise SettingError(f"KITH_MAP_TILES must be an address such as {EXAMPLE}. Set it so, or leave it out.")


def _level(environ: Mapping[str, str]) -> str:
    level, known = (environ.get("KITH_LOG_LEVEL") or "INFO").upper(), ("DEBUG", "INFO", "WARNING", "ERROR")
    if level not in known:
        raise SettingError(f"KITH_LOG_LEVEL must be one of {', '.join(known)}. Set it so, or leave it out.")
    return level


def make_home(settings: Settings) -> None:
    """Make the home folder when there is none, closed to other users: what it will hold is personal."""
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if settings.home.stat().st_mode & _OTHERS:
        LOG.warning("Other users of this machine can look into %s. Close it: chmod 700 %s", *[settings.home] * 2)


def signing_keys(path: Path) -> tuple[bytes, ...]:
    """Read the signing keys, newest first; make the file, with mode 0600, when there is none.

    The first key signs; all of them are accepted, so that tokens survive a rotation (put a new first line).
    """
    if not path.exists():
        _make_key(path)
    try:
        keys = tuple(bytes.fromhex(line) for line in path.read_text(encoding="ascii").split())
    except ValueError:  # not hexadecimal, or not even text
        keys = ()
    if not keys or any(len(key) < _KEY_BYTES for key in keys):
        raise SettingError(
            f"{path.name} holds no usable key. Put it back from the copy that is kept of it. Where there is none, move "
            "it away: the next start makes a new one, and everybody signs in again."
        )
    return keys


def _make_key(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{secrets.token_hex(_KEY_BYTES)}\n")
    try:
        os.link(fresh, path)  # fails when another process was quicker: then its key is the one
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
