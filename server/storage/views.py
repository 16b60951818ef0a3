"""A SQL view a kind, so that analysts read columns where the store keeps documents; alike on SQLite and PostgreSQL.

``person_record`` has the columns tenant, id and version, and every field of the kind. Texts, instants and dates are
text, lists and objects are JSON text, numbers and booleans are themselves. What was deleted or erased is not there. The
null character, which PostgreSQL takes in no text, is U+FFFD there.
"""

import hashlib
from collections.abc import Iterator
from typing import Any, Final

from marshmallow import fields
from sqlalchemy import Connection, text

from mobile_contract.schemas import SCHEMAS

_ENDING: Final = "_record"
#: Begins the comment on each of our views in PostgreSQL, which keeps no view as it was written.
_MARK: Final = "kith "
_TYPES: Final[tuple[tuple[type[fields.Field[Any]], str], ...]] = (
    (fields.Integer, "bigint"),
    (fields.Float, "double precision"),
    (fields.Boolean, "boolean"),
    (fields.List, "json"),
    (fields.Dict, "json"),
    (fields.Nested, "json"),
)


#: A document that PostgreSQL can take apart. Only an escape whose backslash is not itself escaped is a null character.
_READABLE: Final = (
    r"CASE WHEN position('\u0000' IN r.doc) = 0 THEN r.doc "
    r"ELSE regexp_replace(r.doc, '(?<!\\)((?:\\\\)*)\\u0000', '\1\\ufffd', 'g') END"
)


def view_name(kind: str) -> str:
    """Name the view of a kind."""
    return f"{kind}{_ENDING}"


def columns_of(kind: str) -> dict[str, str]:
    """Give the columns that are fields of the kind: name → type in PostgreSQL, ``json`` for lists and objects."""
    return {name: _type_of(field) for name, field in SCHEMAS[kind]().fields.items()}


def _type_of(field: fields.Field[Any]) -> str:
    return next((named for of, named in _TYPES if isinstance(field, of)), "text")


def definitions(dialect: str) -> dict[str, str]:
    """Write the statement that makes each view: name → statement. The same contract gives the same text."""
    return {
        view_name(kind): f'CREATE VIEW "{view_name(kind)}" AS {question(kind, dialect)}' for kind in sorted(SCHEMAS)
    }


def question(kind: str, dialect: str) -> str:
    """Write what the view of a kind asks, for those who ask it without the view."""
    return (_postgres if dialect == "postgresql" else _sqlite)(kind)


def _sqlite(kind: str) -> str:
    columns = "".join(f', {_read(name, of)} AS "{name}"' for name, of in columns_of(kind).items())
    return (
        f"SELECT tenant, id, version{columns} "  # noqa: S608 # names of the contract
        f"FROM record WHERE kind = '{kind}' AND NOT deleted"
    )


def _read(name: str, of: str) -> str:
    value = f"json_extract(doc, '$.{name}')"
    return f"CAST({value} AS REAL)" if of == "double precision" else value


def _postgres(kind: str) -> str:
    """Take each document apart once; json, unlike jsonb, hands lists and objects on as they were written."""
    columns = columns_of(kind)
    chosen = "".join(f', f."{name}"{"::text" if of == "json" else ""} AS "{name}"' for name, of in columns.items())
    shape = ", ".join(f'"{name}" {of}' for name, of in columns.items())
    return (
        f"SELECT r.tenant, r.id, r.version{chosen} "  # noqa: S608 # as above
        f"FROM record AS r CROSS JOIN LATERAL json_to_record(({_READABLE})::json) AS f({shape}) "
        f"WHERE r.kind = '{kind}' AND NOT r.deleted"
    )


def stale_views(connection: Connection) -> list[str]:
    """Name the views that are missing, differ from the contract, or belong to no kind."""
    wanted, there = definitions(connection.dialect.name), dict(_there(connection))
    proofs = {name: _proof(connection, statement) for name, statement in wanted.items()}
    return sorted(name for name in proofs.keys() | there.keys() if proofs.get(name) != there.get(name))


def drop_views(connection: Connection) -> None:
    """Remove the views, which would keep migrations from changing the tables beneath them."""
    for name, _ in list(_there(connection)):
        connection.execute(text(f'DROP VIEW "{name}"'))


def make_views(connection: Connection) -> None:
    """Make every view anew."""
    drop_views(connection)
    for name, statement in definitions(connection.dialect.name).items():
        connection.exec_driver_sql(statement)
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"COMMENT ON VIEW \"{name}\" IS '{_proof(connection, statement)}'")


def _proof(connection: Connection, statement: str) -> str:
    """Say by what a view is known to be the one that the statement makes."""
    if connection.dialect.name != "postgresql":
        return statement
    return _MARK + hashlib.sha256(statement.encode()).hexdigest()


def _there(connection: Connection) -> Iterator[tuple[str, str]]:
    """Give the name and the proof of each of our views that the database has."""
    if connection.dialect.name == "postgresql":
        asked = text(
            "SELECT c.relname, obj_description(c.oid, 'pg_class') FROM pg_class AS c "
            "WHERE c.relkind = 'v' AND pg_table_is_visible(c.oid) AND obj_description(c.oid, 'pg_class') LIKE :mark"
        )
        rows = connection.execute(asked, {"mark": f"{_MARK}%"})
    else:
        asked = text("SELECT name, sql FROM sqlite_master WHERE type = 'view' AND name LIKE :ending")
        rows = connection.execute(asked, {"ending": f"%{_ENDING}"})
    return ((row[0], row[1]) for row in rows.all())
