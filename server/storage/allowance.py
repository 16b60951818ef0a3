"""Employers' allowances in SQL: one row a year, which its constraint keeps from being overdrawn."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import case, delete, select, update

from server.storage.part import Part
from server.storage.statements import add_unless_there
from server.storage.tables import allowance, allowance_use
from server.sync.allowance import Allowance, AllowanceUse


class AllowanceWork(Part):
    """The part of a writing transaction that counts employers' minutes."""

    def grant_allowance(self, employer_id: str, year: str, minutes: int) -> Allowance:
        """Set what an employer grants in a year; never less than is used."""
        first = {"tenant": self.tenant, "employer_id": employer_id, "year": year, "granted": 0, "used": 0}
        self._run(add_unless_there(allowance, self._dialect), first)
        granted = case((allowance.c.used > minutes, allowance.c.used), else_=minutes)
        mine = update(allowance).where(*self._year(employer_id, year)).values(granted=granted)
        row = self._run(mine.returning(allowance.c.granted, allowance.c.used)).one()
        return Allowance(row.granted, row.used)

    def take_allowance(self, use: AllowanceUse) -> bool:
        """Use minutes of what is granted, unless so many are not left; a second time changes nothing."""
        new = add_unless_there(allowance_use, self._dialect).returning(allowance_use.c.use_id)
        if self._run(new, {"tenant": self.tenant, **asdict(use)}).one_or_none() is None:
            return True
        after = allowance.c.used + use.minutes
        left = update(allowance).where(*self._year(use.employer_id, use.year), after <= allowance.c.granted)
        if self._count(left.values(used=after)) == 1:
            return True
        self._run(delete(allowance_use).where(*self._use(use.use_id)))
        return False

    def free_allowance(self, use_id: str) -> AllowanceUse | None:
        """Give minutes back; None when there are none under this id."""
        columns = (allowance_use.c[name] for name in ("use_id", "employer_id", "year", "minutes"))
        row = self._run(delete(allowance_use).where(*self._use(use_id)).returning(*columns)).one_or_none()
        if row is None:
            return None
        use = AllowanceUse(row.use_id, row.employer_id, row.year, row.minutes)
        fewer = allowance.c.used - use.minutes
        self._run(update(allowance).where(*self._year(use.employer_id, use.year)).values(used=fewer))
        return use

    def allowance(self, employer_id: str, year: str) -> Allowance | None:
        """Say what is granted and used; None when nothing was granted yet."""
        mine = select(allowance.c.granted, allowance.c.used).where(*self._year(employer_id, year))
        row = self._run(mine).one_or_none()
        return Allowance(row.granted, row.used) if row else None

    def _year(self, employer_id: str, year: str) -> tuple[Any, Any, Any]:
        return (
            allowance.c.tenant == self.tenant,
            allowance.c.employer_id == employer_id,
            allowance.c.year == year,
        )

    def _use(self, use_id: str) -> tuple[Any, Any]:
        return allowance_use.c.tenant == self.tenant, allowance_use.c.use_id == use_id
