"""A tenant made ready in bulk: devices enrolled without passwords, records written without a phone.

Ten thousand sign-ins would measure argon2, and a million pushed records would take an hour; what is measured afterwards
is the same.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert, select, update

from benchmarks.support.bulk import add_rows, settle
from benchmarks.support.records import person, uuid7
from server.accounts.database import instant_text
from server.accounts.tokens import Bearer, Signer
from server.app import make_services
from server.settings import settings_from, signing_keys
from server.storage.engine import make_engine, writing
from server.storage.sql import SqlStore
from server.storage.tables import account, device, feed, head, record, scope_grant
from server.sync.door import Door, Put

#: Records written through the door, of which the others are copies with ids, numbers and teams of their own.
_PATTERN = 200
_CHUNK = 10_000
#: Records of a team in a tenant that grows: below the 20,000 that a device may hold.
TEAM = 15_000


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A device that has been let in. token : of access, good for a day."""

    id: str
    team: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        """Give the headers of its requests."""
        return {"Authorization": f"Bearer {self.token}"}


@dataclass(frozen=True)
class Programme:
    """A tenant of a Kith that keeps its things in `home` and its records at `url`."""

    home: Path
    url: str
    tenant: str = "bench"

    @cached_property
    def engine(self) -> Engine:
        """Connect to the database."""
        return make_engine(self.url)

    @cached_property
    def signer(self) -> Signer:
        """Sign as the server does."""
        return Signer(signing_keys(self.home / "secret.key"))

    def enrol(self, names: Sequence[tuple[str, str]]) -> list[Enrolled]:
        """Let in a device for each (id, team): an account, its grants and a token."""
        SqlStore(self.engine).ensure_tenant(self.tenant)
        with writing(self.engine) as connection:
            for table, make in ((account, self._account), (device, self._device), (scope_grant, self._grant)):
                connection.execute(insert(table), [make(*name) for name in names])
        until = datetime.now(UTC) + timedelta(days=1)
        return [
            Enrolled(one, team, self.signer.access_token(Bearer(self.tenant, f"a-{one}", one), until))
            for one, team in names
        ]

    def fill(self, team: str, rows: int) -> None:
        """Give a team `rows` records: the first through the door, the rest copied from them with SQL."""
        first = min(rows, _PATTERN)
        self.write((uuid7(), person(team, number)) for number in range(first))
        if rows > first:
            with writing(self.engine) as connection:
                _Copies(connection, self.tenant, team).make(rows - first)

    def grow(self, total: int) -> None:
        """Have `total` records in all, in teams of which a device can hold one and still get more."""
        for number, first in enumerate(range(0, total, TEAM)):
            self.fill(team_name(number), min(TEAM, total - first))
        settle(self.engine)

    def write(self, people: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Write people through the door, as staff and imports do."""
        self._door().write(Put("person", one, doc) for one, doc in people)

    def _door(self) -> Door:
        settings = settings_from({"KITH_HOME": str(self.home), "KITH_DATABASE_URL": self.url})
        store = SqlStore(self.engine)
        store.ensure_tenant(self.tenant)
        at = make_services(settings, self.engine, store=store)
        return Door(store, self.tenant, at.rules, at.validate, at.now)

    def _account(self, one: str, team: str) -> dict[str, Any]:
        return {"tenant": self.tenant, "id": f"a-{one}", "username": f"u-{one}", "name": one, "password_hash": "none",
                "roles": ["prescriber"], "facts": {"team_ids": [team], "districts": [], "centre_ids": []},
                "created_at": _now()}  # fmt: skip

    def _device(self, one: str, _team: str) -> dict[str, Any]:
        return {"tenant": self.tenant, "id": one, "account_id": f"a-{one}", "name": one, "platform": "bench",
                "enrolled_at": _now()}  # fmt: skip

    def _grant(self, one: str, team: str) -> dict[str, Any]:
        return {"tenant": self.tenant, "account_id": f"a-{one}", "scope": f"caseload:{team}", "granted_at": _now()}


class _Copies:
    """Copies what the door wrote last into rows that differ in id, number and nothing else.

    Only columns that are known to differ are changed, so that a column added later is copied as it is.
    """

    def __init__(self, connection: Connection, tenant: str, team: str) -> None:
        self._connection, self._tenant = connection, tenant
        self._feed = self._rows(feed, feed.c.scope == f"caseload:{team}")
        ids = [row["id"] for row in self._feed]
        records = {row["id"]: row for row in self._rows(record, record.c.id.in_(ids))}
        self._records = [records[one] for one in ids]

    def make(self, count: int) -> None:
        begin = self._connection.execute(select(head.c.seq).where(head.c.tenant == self._tenant)).scalar_one()
        for first in range(begin + 1, begin + count + 1, _CHUNK):
            numbers = range(first, min(first + _CHUNK, begin + count + 1))
            ids = [uuid7() for _ in numbers]
            add_rows(self._connection, record, self._renumbered(self._records, numbers, ids, "version"))
            add_rows(self._connection, feed, self._renumbered(self._feed, numbers, ids, "seq"))
        moved = update(head).where(head.c.tenant == self._tenant).values(seq=begin + count)
        self._connection.execute(moved)

    @staticmethod
    def _renumbered(
        patterns: Sequence[Mapping[str, Any]], numbers: range, ids: Sequence[str], number_name: str
    ) -> Iterator[dict[str, Any]]:
        for pattern, number, one in zip(itertools.cycle(patterns), numbers, ids, strict=False):
            yield {**pattern, "id": one, number_name: number}

    def _rows(self, table: Table, which: Any) -> list[dict[str, Any]]:
        newest = select(table).where(table.c.tenant == self._tenant, which)
        return [dict(row) for row in self._connection.execute(newest.limit(_PATTERN)).mappings()]


def team_name(number: int) -> str:
    """Name a team of a tenant that grows."""
    return f"team-{number:03}"


def _now() -> str:
    return instant_text(datetime.now(UTC))
