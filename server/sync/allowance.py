"""What the core asks of storage about the hours that an employer gives its staff for volunteering."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Allowance:
    """Minutes of one employer in one year. granted : in all. used : of these, promised or gone."""

    granted: int
    used: int


@dataclass(frozen=True, slots=True)
class AllowanceUse:
    """Minutes of an employer's year that stand for something approved. year : ISO date of its first day."""

    use_id: str
    employer_id: str
    year: str
    minutes: int


class AllowanceWork(Protocol):
    """What a transaction can do about allowances, none of which can use more than is granted."""

    def grant_allowance(self, employer_id: str, year: str, minutes: int) -> Allowance:
        """Set what an employer grants in a year; never less than is used."""

    def take_allowance(self, use: AllowanceUse) -> bool:
        """Use minutes of what is granted, unless so many are not left; a second time changes nothing."""

    def free_allowance(self, use_id: str) -> AllowanceUse | None:
        """Give minutes back; None when there are none under this id."""

    def allowance(self, employer_id: str, year: str) -> Allowance | None:
        """Say what is granted and used; None when nothing was granted yet."""
