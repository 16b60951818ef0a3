"""Statements of the hot path as text that was made once.

SQLAlchemy finds a statement's compiled form by walking it each time, which takes longer than SQLite takes to run it.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

_DIALECTS: Mapping[str, Dialect] = {"sqlite": SQLiteDialect_pysqlite(), "postgresql": PGDialect_psycopg()}  # type: ignore[no-untyped-call] # SQLAlchemy leaves it untyped


class Prepared:
    """A statement for one database, with its bound values by name; rows come as the driver gives them."""

    def __init__(self, statement: Executable, dialect: str) -> None:
        compiled = statement.compile(dialect=_DIALECTS[dialect])  # type: ignore[attr-defined] # every statement has it
        assert isinstance(compiled, SQLCompiler)  # noqa: S101 # for the types' sake
        self.text = str(compiled)
        self._names = compiled.positiontup
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}

    def rows(self, connection: Connection, values: Mapping[str, Any], before: str = "") -> list[Any]:
        """Run it and give all rows, as plain tuples. before : a word put before it, such as EXPLAIN."""
        result = connection.exec_driver_sql(before + self.text, self._bound(values))
        found = list(result.cursor.fetchall())
        result.close()
        return found

    def rows_by(self, cursor: Any, values: Mapping[str, Any]) -> list[Any]:
        """Run it by a cursor of the driver and give all rows."""
        cursor.execute(self.text, self._bound(values))
        return list(cursor.fetchall())

    def run(self, connection: Connection, values: Mapping[str, Any]) -> None:
        """Run it for what it does."""
        connection.exec_driver_sql(self.text, self._bound(values))

    def run_each(self, connection: Connection, rows: list[tuple[Any, ...]]) -> None:
        """Run it once a row; each row has its values in the order in which the statement binds them."""
        connection.exec_driver_sql(self.text, rows)

    def _bound(self, values: Mapping[str, Any]) -> Any:
        given = {**self._fixed, **values}
        return tuple(given[name] for name in self._names) if self._names is not None else given
