"""Employers' allowances in memory."""

from dataclasses import replace

from server.storage.memory_view import TenantState
from server.sync.allowance import Allowance, AllowanceUse


class MemoryAllowance:
    """The part of a writing transaction that counts employers' minutes."""

    tenant: TenantState

    def grant_allowance(self, employer_id: str, year: str, minutes: int) -> Allowance:
        """Set what an employer grants in a year; never less than is used."""
        before = self.allowance(employer_id, year) or Allowance(0, 0)
        after = replace(before, granted=max(minutes, before.used))
        self.tenant.taken.allowances[employer_id, year] = after
        return after

    def take_allowance(self, use: AllowanceUse) -> bool:
        """Use minutes of what is granted, unless so many are not left; a second time changes nothing."""
        taken = self.tenant.taken
        if use.use_id in taken.uses:
            return True
        before = taken.allowances.get((use.employer_id, use.year), Allowance(0, 0))
        if before.used + use.minutes > before.granted:
            return False
        taken.uses[use.use_id] = use
        taken.allowances[use.employer_id, use.year] = replace(before, used=before.used + use.minutes)
        return True

    def free_allowance(self, use_id: str) -> AllowanceUse | None:
        """Give minutes back; None when there are none under this id."""
        use = self.tenant.taken.uses.pop(use_id, None)
        if use is not None:
            before = self.tenant.taken.allowances[use.employer_id, use.year]
            self.tenant.taken.allowances[use.employer_id, use.year] = replace(before, used=before.used - use.minutes)
        return use

    def allowance(self, employer_id: str, year: str) -> Allowance | None:
        """Say what is granted and used; None when nothing was granted yet."""
        return self.tenant.taken.allowances.get((employer_id, year))
