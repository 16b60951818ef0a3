"""Days of the demonstration, counted from the day on which it is made, so that it never looks old."""

from datetime import date, timedelta


def days_ago(today: date, days: int) -> str:
    """Give the day that was so many days before today, as the documents write it."""
    return (today - timedelta(days=days)).isoformat()
