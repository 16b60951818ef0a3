"""What took access or data away, as a database remembers it: read before a restore replaces that database."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, inspect, select

from server.domain.erasure import ERASED
from server.storage.tables import (
    account,
    audit,
    device,
    feed,
    head,
    lost_numbers,
    record,
    refresh_token,
    scope_grant,
)
from server.sync.model import Key

Rows = Sequence[Mapping[Any, Any]]

#: What is read, and has to be there with every column.
TABLES: Final = (account, audit, device, feed, head, lost_numbers, record, refresh_token, scope_grant)


@dataclass(frozen=True, slots=True)
class Taken:
    """Accounts, devices, their renewals and grants, the audit, and the shells of those who were erased.

    traces : rows of the feed that tell of the erased. heads, lost : where its history stands, and what it left.
    """

    accounts: Rows
    devices: Rows
    tokens: Rows
    grants: Rows
    audit: Rows
    erased: Rows
    traces: Rows
    heads: Rows
    lost: Rows

    def of(self, tenants: Collection[str]) -> "Taken":
        """Leave out the accounts and devices of other programmes."""
        accounts = [row for row in self.accounts if row["tenant"] in tenants]
        return replace(self, accounts=accounts, devices=[row for row in self.devices if row["tenant"] in tenants])


def lacking(connection: Connection) -> str | None:
    """Name a table that a database lacks or has in another shape, so that it cannot be read; None when none is."""
    there = inspect(connection)
    names = set(there.get_table_names())
    return next(
        (
            table.name
            for table in TABLES
            if table.name not in names
            or not {one.name for one in table.columns} <= {one["name"] for one in there.get_columns(table.name)}
        ),
        None,
    )


def read_taken(connection: Connection) -> Taken:
    """Read all of it at one moment."""

    def rows(query: Select[Any]) -> Rows:
        return connection.execute(query).mappings().all()

    shells = record.c.doc.contains(f'"{ERASED}"', autoescape=True)
    about = and_(feed.c.tenant == record.c.tenant, feed.c.kind == record.c.kind, feed.c.id == record.c.id)
    return Taken(
        accounts=rows(select(account)),
        devices=rows(select(device)),
        tokens=rows(select(refresh_token)),
        grants=rows(select(scope_grant)),
        audit=rows(select(audit)),
        erased=[row for row in rows(select(record).where(shells)) if is_erased(row["doc"])],
        traces=rows(select(feed).join(record, about).where(shells)),
        heads=rows(select(head)),
        lost=rows(select(lost_numbers)),
    )


def is_erased(doc: str) -> bool:
    """Say whether a document is the shell of a record that was erased."""
    return ERASED in json.loads(doc)


def key_of(row: Mapping[Any, Any]) -> Key:
    """Name the record that a row is of."""
    return Key(row["kind"], row["id"])
