"""What volunteers were ranked by when they were asked, in SQL: written with the asks, read by exports, forgotten."""

from collections.abc import Collection, Iterator
from typing import Final

from sqlalchemy import Connection, Engine, delete, select, tuple_

from server.storage.engine import writing
from server.storage.tables import asked_inputs
from server.sync.model import Key
from server.sync.ports import AskedInputs

_AT: Final = asked_inputs.c
_KEY: Final = (_AT.tenant, _AT.task_id, _AT.wave, _AT.volunteer_id)
_VALUES: Final = tuple(_AT[name] for name in AskedInputs._fields)


class AskedView:
    """Reads what a tenant's volunteers were ranked by inside the transaction of `connection`."""

    connection: Connection
    tenant: str

    def asked(self) -> Iterator[AskedInputs]:
        """Give what those who were asked about tasks were ranked by, in order of task, wave and volunteer."""
        for row in self.connection.execute(select(*_VALUES).where(_AT.tenant == self.tenant).order_by(*_KEY)):
            yield AskedInputs(*row)


class AskedUpkeep:
    """Forgets in time."""

    engine: Engine

    def forget_asked(self, tenant: str, before: str, limit: int) -> int:
        """Delete what at most `limit` volunteers were ranked by before an instant; say how many there were."""
        some = select(*_KEY).where(_AT.tenant == tenant, _AT.asked_at < before).order_by(_AT.asked_at).limit(limit)
        with writing(self.engine) as connection:
            return connection.execute(delete(asked_inputs).where(tuple_(*_KEY).in_(some))).rowcount


def erase_asked(connection: Connection, tenant: str, erased: Collection[Key]) -> None:
    """Delete what erased volunteers were ranked by."""
    for key in sorted(erased):
        if key.kind == "volunteer":
            connection.execute(delete(asked_inputs).where(_AT.tenant == tenant, _AT.volunteer_id == key.id))
