"""Days as people here count them: those of clocks in the United Kingdom."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

LOCAL: Final = ZoneInfo("Europe/London")


def local_day(instant: datetime) -> date:
    """Give the day in the United Kingdom. instant : aware."""
    return instant.astimezone(LOCAL).date()
