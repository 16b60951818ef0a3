"""Who has a task, in SQL: the primary key of one table lets one volunteer have it."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, select

from server.prepared import Prepared
from server.storage.statements import add_unless_there
from server.storage.tables import task_claim
from server.sync.ports import Hold

_MINE = (task_claim.c.tenant == bindparam("at_tenant"), task_claim.c.task_id == bindparam("at_task"))


class HoldWork:
    """The part of a writing transaction that gives tasks to volunteers."""

    tenant: str

    def _rows(
        self, make: Callable[[str], Prepared], values: Mapping[str, Any], *, may_fail: bool = True
    ) -> list[tuple[Any, ...]]:
        raise NotImplementedError  # `SqlWork`, which this is a part of, has it

    def take_task(self, hold: Hold) -> Hold:
        """Take the task unless someone has it; the primary key lets one row in."""
        values = {"tenant": self.tenant, "task_id": hold.task_id}
        values |= {"claim_id": hold.claim_id, "volunteer_id": hold.volunteer_id}
        return hold if self._rows(_take, values) else self.holder(hold.task_id) or hold

    def holder(self, task_id: str) -> Hold | None:
        """Say who has the task. Most claims come too late: a look that changes nothing sets no savepoint for them."""
        found = self._rows(_holder, {"at_task": task_id}, may_fail=False)
        return Hold(task_id, *found[0]) if found else None

    def free_task(self, task_id: str) -> None:
        """Let the task go."""
        self._rows(_free, {"at_task": task_id})


@cache
def _take(dialect: str) -> Prepared:
    return Prepared(add_unless_there(task_claim, dialect).returning(task_claim.c.claim_id), dialect)


@cache
def _holder(dialect: str) -> Prepared:
    return Prepared(select(task_claim.c.claim_id, task_claim.c.volunteer_id).where(*_MINE), dialect)


@cache
def _free(dialect: str) -> Prepared:
    return Prepared(delete(task_claim).where(*_MINE).returning(task_claim.c.task_id), dialect)


#: All of them, for whoever wants them compiled beforehand.
STATEMENTS = (_take, _holder, _free)
