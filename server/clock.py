"""The one place that asks the machine for the time."""

from datetime import UTC, datetime


def now() -> datetime:
    """Give the current instant, in UTC."""
    return datetime.now(UTC)
