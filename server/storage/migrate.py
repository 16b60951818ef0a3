"""Brings a database's tables up to date, and says whether they are."""

from functools import cache
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, exc

from server.storage.engine import make_engine, writing

#: Alembic keeps what it is doing in module variables.
_ONE_AT_A_TIME = Lock()


def upgrade(url: str) -> None:
    """Apply the migrations that the database lacks; one at a time among processes that start together."""
    engine = make_engine(url)
    try:
        with _ONE_AT_A_TIME, writing(engine) as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def obstacle(engine: Engine) -> str | None:
    """Say in a sentence what keeps the server from using the database, None when nothing does."""
    try:
        with engine.connect() as connection:
            there = frozenset(MigrationContext.configure(connection).get_current_heads())
    except (exc.OperationalError, exc.DatabaseError) as error:
        return f"The database cannot be reached ({type(error.orig).__name__})."
    if there != _heads():
        return "The database is not up to date. Run `kith migrate`."
    return None


def is_current(url: str) -> bool:
    """Say whether the database can be reached and has every migration."""
    engine = make_engine(url)
    try:
        return obstacle(engine) is None
    finally:
        engine.dispose()


@cache
def _heads() -> frozenset[str]:
    return frozenset(ScriptDirectory.from_config(_config()).get_heads())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "server.storage:migrations")
    return config
