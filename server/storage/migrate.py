"""Brings a database's tables up to date, and says whether they are."""

from functools import cache
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, exc, text

from server.storage.engine import make_engine, writing
from server.storage.views import drop_views, make_views, stale_views

#: Alembic keeps what it is doing in module variables.
_ONE_AT_A_TIME = Lock()
#: Any number of ours: processes that migrate one PostgreSQL database at once wait for each other on it.
LOCK = 4_170_021


def upgrade(url: str) -> None:
    """Apply the migrations that the database lacks and make its views; one process at a time."""
    engine = make_engine(url)
    try:
        with writing(engine) as connection:
            upgrade_within(connection)
    finally:
        engine.dispose()


def upgrade_within(connection: Connection) -> None:
    """Do the same within a transaction that is open already."""
    with _ONE_AT_A_TIME:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        if not _is_at_head(connection):
            drop_views(connection)
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        if stale_views(connection):
            make_views(connection)


def _is_at_head(connection: Connection) -> bool:
    return frozenset(MigrationContext.configure(connection).get_current_heads()) == _heads()


def obstacle(engine: Engine) -> str | None:
    """Say in a sentence what keeps the server from using the database, None when nothing does."""
    try:
        with engine.connect() as connection:
            current = _is_at_head(connection)
    except (exc.OperationalError, exc.DatabaseError) as error:
        return f"The database cannot be reached ({type(error.orig).__name__})."
    if not current:
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
