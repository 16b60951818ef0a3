"""What stands in the way of serving: a database that is away or behind."""

from sqlalchemy.exc import SQLAlchemyError

from server.storage.migrate import is_current


def obstacle(database_url: str) -> str | None:
    """Say in plain words why the database cannot be used and how to mend it, or None when it can."""
    try:
        if is_current(database_url):
            return None
    except SQLAlchemyError:
        return "The database cannot be reached. See that it runs and that KITH_DATABASE_URL names it."
    return "The database is not up to date. Run `kith migrate`."
